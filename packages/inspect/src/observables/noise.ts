/** Hosts that stand in files because of a format, a licence, a certificate or a tool, not because of what the file does. */
const hosts: Record<string, string> = {
  "schemas.microsoft.com": "an XML namespace",
  "schemas.openxmlformats.org": "an XML namespace",
  "schemas.xmlsoap.org": "an XML namespace",
  "w3.org": "an XML namespace or document type",
  "purl.org": "an XML namespace",
  "purl.oclc.org": "an XML namespace",
  "ns.adobe.com": "an XML namespace",
  "iptc.org": "an XML namespace",
  "xml.org": "an XML namespace",
  "docbook.org": "an XML namespace",
  "openoffice.org": "an XML namespace",
  "oasis-open.org": "an XML namespace",
  "npes.org": "an XML namespace",
  "aiim.org": "an XML namespace",
  "color.org": "a colour profile",
  "go.microsoft.com": "a help link of Microsoft's",
  "apache.org": "a licence",
  "gnu.org": "a licence",
  "opensource.org": "a licence",
  "mozilla.org": "a licence",
  "fsf.org": "a licence",
  "creativecommons.org": "a licence",
  "verisign.com": "a certificate's service",
  "symcb.com": "a certificate's service",
  "symcd.com": "a certificate's service",
  "symantec.com": "a certificate's service",
  "thawte.com": "a certificate's service",
  "digicert.com": "a certificate's service",
  "globalsign.com": "a certificate's service",
  "globalsign.net": "a certificate's service",
  "sectigo.com": "a certificate's service",
  "comodoca.com": "a certificate's service",
  "usertrust.com": "a certificate's service",
  "entrust.net": "a certificate's service",
  "godaddy.com": "a certificate's service",
  "letsencrypt.org": "a certificate's service",
  "crl.microsoft.com": "a certificate's service",
  "ocsp.msocsp.com": "a certificate's service",
};

/** Why a host says little, or nothing. */
export function noiseOf(host: string): string | undefined {
  const labels = host.toLowerCase().split(".");
  for (let i = 0; i < labels.length - 1; i++) {
    const known = hosts[labels.slice(i).join(".")];
    if (known !== undefined) return known;
  }
  return undefined;
}
