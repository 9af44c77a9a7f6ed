/** Month names as logs print them: syslog daemons and desktop tools follow the locale of the machine. */

/** One line per language, January to December; a name that several languages share must mean the same month. */
const names = [
  "jan feb mar apr may jun jul aug sep oct nov dec",
  "january february march april may june july august september october november december",
  "janv févr mars avr mai juin juil août sept oct nov déc",
  "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
  "jän feb mär apr mai jun jul aug sep okt nov dez",
  "januar februar märz april mai juni juli august september oktober november dezember",
  "ene feb mar abr may jun jul ago sep oct nov dic",
  "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
  "gen feb mar apr mag giu lug ago set ott nov dic",
  "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
  "jan fev mar abr mai jun jul ago set out nov dez",
  "jan feb mrt apr mei jun jul aug sep okt nov dec",
  "sty lut mar kwi maj cze lip sie wrz paź lis gru",
  "led úno bře dub kvě čen čec srp zář říj lis pro",
  "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
  "oca şub mar nis may haz tem ağu eyl eki kas ara",
  "янв фев мар апр май июн июл авг сен окт ноя дек",
  "янв февр марта апр мая июня июля авг сент окт нояб дек",
  "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
  "jan feb mar apr mai jun jul aug sep okt nov des",
  "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
  "januari februari maart april mei juni juli augustus september oktober november december",
  "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
  "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
  "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
  "jan feb mars april maj juni juli augusti september oktober november december",
  "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월",
];

const numbers = new Map<string, number>();
for (const line of names) {
  for (const [index, name] of line.split(" ").entries()) {
    numbers.set(name, index + 1);
    // As English prints them, so that the commonest names are found as they stand.
    numbers.set(name.charAt(0).toUpperCase() + name.slice(1), index + 1);
  }
}

const longestMonthName = Math.max(...[...numbers.keys()].map((name) => name.length));

/** 1 to 12 for a month name or its abbreviation in a language that logs are seen in, 0 for anything else. "août" → 8 */
export function monthNumber(name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  if (name.length > longestMonthName + 1) return 0;
  const lower = name.toLowerCase().normalize("NFC");
  return numbers.get(lower.endsWith(".") ? lower.slice(0, -1) : lower) ?? 0;
}

const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** 0 (Sunday) to 6 for an English weekday or its abbreviation, as daemons print it; undefined for anything else. */
export function weekdayNumber(name: string): number | undefined {
  const found = weekdays.indexOf(name.slice(0, 3).toLowerCase());
  return found < 0 ? undefined : found;
}
