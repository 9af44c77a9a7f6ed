/** The package has no types of its own: a duplex stream of Node's first kind. */
declare module "unbzip2-stream" {
  export default function unbzip2(): NodeJS.ReadWriteStream;
}
