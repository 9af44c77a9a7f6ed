/** True for the texts by which logs say that there is no value: "", "-", "N/A", "null" and their kin. */
export function isAbsent(text: string): boolean {
  switch (text.length) {
    case 0:
      return true;
    case 1:
      return text === "-" || text === " ";
    case 3:
      return text === "N/A" || text === "n/a" || text === "(-)" || text === "<->";
    case 4:
      return text === "null" || text === "NULL";
    case 6:
      return text === "(null)" || text === "(none)";
    default:
      return false;
  }
}
