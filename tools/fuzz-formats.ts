/**
 * Disfigures every format's fixtures with other seeds than the tests do: `npm run script tools/fuzz-formats.ts -- [SEED] [ROUNDS]`.
 * Prints what is wrong, each with the seed that repeats it; exit code 1 when anything is.
 */
import { readFixtures } from "../packages/parsers/src/testing/fixtures.ts";
import { checkDisfigured } from "../packages/parsers/src/testing/fuzz.ts";
import { mutations } from "../packages/parsers/src/testing/mutations.ts";

const first = Number(process.argv[2] ?? 2);
const rounds = Number(process.argv[3] ?? 1);
const fixtures = readFixtures();
let runs = 0;
let wrong = 0;
for (let seed = first; seed < first + rounds; seed++) {
  for (const fixture of fixtures) {
    for (const way of Object.keys(mutations)) {
      runs++;
      for (const problem of checkDisfigured(fixture, way, fixtures, seed)) {
        wrong++;
        console.log(problem);
      }
    }
  }
}
console.log(`${runs} disfigured files read, ${wrong} problems`);
process.exitCode = wrong === 0 ? 0 : 1;
