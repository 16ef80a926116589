/** The program of a child process: the requests of the command line in turn, one line of JSON for each. */
import { trainAndHash, type TrainingRequest } from './training-hash.ts'

for (const request of JSON.parse(process.argv[2]!) as TrainingRequest[]) {
  console.log(JSON.stringify(await trainAndHash(request)))
}
