import { withoutAccents } from "./names-local.ts";

/** Verdicts of devices in other languages, in the word that `event.action` has for them. */
const verdicts: Record<string, string> = {
  allowed:
    "zugelassen erlaubt zulassen autorise permitido consentito consentita toegestaan zezwolono dozwolony tillaten tilladt tillatt povoleno",
  blocked:
    "blockiert gesperrt bloque bloquee bloqueado bloqueada bloccato bloccata geblokkeerd zablokowano zablokowany blockerad blokeret blokkert blokovano",
  denied:
    "verweigert abgelehnt refuse refusee denegado denegada negato negata negado geweigerd odmowa odrzucono nekad afvist nektet zamitnuto",
  quarantined:
    "quarantane inquarantane enquarantaine misenquarantaine encuarentena cuarentena inquarantena emquarentena inquarantaine kwarantanna karantan vkarantene",
  cleaned:
    "bereinigt desinfiziert nettoye desinfecte desinfectado limpiado pulito disinfettato limpo opgeschoond wyczyszczono rensad",
  deleted: "geloscht supprime eliminado eliminato excluido verwijderd usunieto borttagen slettet odstraneno",
};
const successes =
  "erfolg erfolgreich succes reussi reussie exito correcto exitoso riuscito riuscita successo sucesso geslaagd sukces lyckades lyckad lykkedes uspech";
const failures =
  "fehler fehlgeschlagen misserfolg echec echoue fallido fallida fallo errore fallito fallita falha falhou mislukt blad niepowodzenie misslyckades misslyckad mislykkedes neuspech";

/** What happened, in the English words that records are told apart by: stems, each word of a phrase for itself. */
const stems: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:anmeld|aanmeld|logowan|zalogowan|inlogg|palogg|prihlas|inlog|connexion|sesion|sessao|accesso)/,
    "login",
  ],
  [/^(?:abmeld|afmeld|wylogowan|utlogg|deconnexion)/, "logout"],
  [/^(?:prozess|proceso|processus|processo|procesu?$|proces)/, "process"],
  [/^(?:datei|archivo|fichier|arquivo|bestand|plik|fil$|soubor)/, "file"],
  [
    /^(?:erstell|erzeug|gestartet|gestart|cread|iniciad|cree|demarr|creat|avviat|criad|utworz|uruchom|zapis|geschrieben|escrit|ecrit|scritt|gravad|skapa|startad|aangemaakt|geschreven)/,
    "created",
  ],
  [/^(?:beendet|finalizad|termin|zakoncz|avslut|beeindigd)/, "ended"],
  [
    /^(?:geander|umbenannt|modific|renombrad|renomm|rinominat|renomead|zmien|andrad|gewijzigd|hernoemd)/,
    "changed",
  ],
  [
    /^(?:fehlgeschlagen|fehler|fallid|echou|echec|fallit|falh|mislukt|nieudan|niepowodz|misslyck|mislyk|verweiger|abgelehn|deneg|refus|negat|odmow)/,
    "failed",
  ],
  [/^(?:erfolgreich|reussi|exitos|correct|riuscit|geslaagd|udan|pomyslnie|lyckad)/, "success"],
];

const verdictOfWord = new Map(
  Object.entries(verdicts).flatMap(([verdict, words]) => words.split(" ").map((word) => [word, verdict])),
);
const successWords = new Set(successes.split(" "));
const failureWords = new Set(failures.split(" "));

function plain(text: string): string {
  return withoutAccents(text.toLowerCase());
}

/** "Blockiert" → "blocked", "En cuarentena" → "quarantined"; undefined when it is no such word. */
export function localVerdict(text: string): string | undefined {
  return text.length > 40 ? undefined : verdictOfWord.get(plain(text).replace(/[^a-z]/g, ""));
}

/** "Erfolgreich" → "success", "Échec" → "failure". */
export function localOutcome(text: string): "success" | "failure" | undefined {
  if (text.length > 40) return undefined;
  const word = plain(text).replace(/[^a-z]/g, "");
  if (successWords.has(word)) return "success";
  return failureWords.has(word) ? "failure" : undefined;
}

/** A phrase in kebab case with the words of other languages in English: "anmeldung-fehlgeschlagen" → "login-failed". */
export function inEnglish(phrase: string): string {
  return plain(phrase)
    .split("-")
    .map((word) => stems.find(([stem]) => stem.test(word))?.[1] ?? word)
    .join("-");
}
