/** The parts of a CACAO 2.0 playbook that are read here (OASIS CACAO Security Playbooks 2.0). Everything else is kept as it is. */
export interface CacaoPlaybook {
  type: "playbook";
  spec_version: "cacao-2.0";
  id: string;
  name: string;
  description?: string;
  created_by: string;
  created: string;
  modified: string;
  workflow_start: string;
  workflow: Record<string, CacaoStep>;
  playbook_variables?: Record<string, { type: string; value?: string | null }>;
  playbook_extensions?: Record<string, Record<string, unknown>>;
  agent_definitions?: Record<string, unknown>;
  target_definitions?: Record<string, unknown>;
  extension_definitions?: Record<string, unknown>;
}

export interface CacaoStep {
  type: string;
  name?: string;
  description?: string;
  on_completion?: string;
  on_success?: string;
  on_failure?: string;
  commands?: { type: string; command?: string }[];
  agent?: string;
  targets?: string[];
  out_args?: string[];
  switch?: string;
  cases?: Record<string, string>;
  condition?: string;
  on_true?: string;
  on_false?: string;
  next_steps?: string[];
  step_extensions?: Record<string, Record<string, unknown>>;
}

/** The extension of ours: a step is a question whose kind is answered from the case's records. */
export const questionExtension = "extension-definition--3526047a-ae0d-4f79-a716-6102972b3bd8";
