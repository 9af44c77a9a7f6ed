/** Blue Coat's "main" format, and the one it had before SGOS 5. */
const blueCoat =
  "date time time-taken c-ip cs-username cs-auth-group x-exception-id sc-filter-result cs-categories cs(Referer) sc-status s-action cs-method rs(Content-Type) cs-uri-scheme cs-host cs-uri-port cs-uri-path cs-uri-query cs-uri-extension cs(User-Agent) s-ip sc-bytes cs-bytes x-virus-id x-bluecoat-application-name x-bluecoat-application-operation".split(
    " ",
  );

const blueCoatRow =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \d{1,9} [\da-fA-F.:]{2,45} \S{1,200} \S{1,200} \S{1,100} (?:OBSERVED|DENIED|PROXIED|SUSPENDED) /;

/** True for a row of Blue Coat's own columns. Cheap. */
export function isProxyRow(line: string): boolean {
  return blueCoatRow.test(line);
}

/** The names of such a row's columns, as many as it has values. */
export function guessProxyColumns(line: string, count: number): readonly string[] | undefined {
  return blueCoatRow.test(line) && count >= 20 ? blueCoat.slice(0, count) : undefined;
}
