import type { FileType } from "../result.ts";

/** id: description | MIME type | usual extensions. */
const table = `
empty: empty file | application/octet-stream |
data: data of no known type | application/octet-stream |
text: plain text | text/plain | txt text log md ini cfg conf csv tsv nfo rst yml yaml json xml
word-ole: Word 97-2003 document | application/msword | doc dot wiz
excel-ole: Excel 97-2003 workbook | application/vnd.ms-excel | xls xlt xla xlm xlw
powerpoint-ole: PowerPoint 97-2003 presentation | application/vnd.ms-powerpoint | ppt pps pot ppa
excel-biff: Excel 2-4 worksheet | application/vnd.ms-excel | xls xlm xlw xlc
outlook-message: Outlook message | application/vnd.ms-outlook | msg oft
msi: Windows Installer package | application/x-msi | msi msp mst msm
visio-ole: Visio 2003 drawing | application/vnd.visio | vsd vst vss
publisher: Publisher document | application/x-mspublisher | pub
project-ole: Project plan | application/vnd.ms-project | mpp
onenote: OneNote section | application/onenote | one onetoc2
vba-project: VBA project file | application/vnd.ms-office.vbaProject | bin otm
thumbs: thumbnail cache | application/x-ole-storage | db
ole-storage: OLE compound file | application/x-ole-storage | bin ole olb
encrypted-ooxml: encrypted Office document | application/encrypted | docx docm dotx dotm xlsx xlsm xlsb xltx xltm xlam pptx pptm potx ppsx ppsm vsdx doc xls ppt
word-ooxml: Word document | application/vnd.openxmlformats-officedocument.wordprocessingml.document | docx
word-ooxml-macro: Word document, macro-enabled | application/vnd.ms-word.document.macroEnabled.12 | docm
word-template: Word template | application/vnd.openxmlformats-officedocument.wordprocessingml.template | dotx
word-template-macro: Word template, macro-enabled | application/vnd.ms-word.template.macroEnabled.12 | dotm
excel-ooxml: Excel workbook | application/vnd.openxmlformats-officedocument.spreadsheetml.sheet | xlsx
excel-ooxml-macro: Excel workbook, macro-enabled | application/vnd.ms-excel.sheet.macroEnabled.12 | xlsm
excel-template: Excel template | application/vnd.openxmlformats-officedocument.spreadsheetml.template | xltx
excel-template-macro: Excel template, macro-enabled | application/vnd.ms-excel.template.macroEnabled.12 | xltm
excel-addin: Excel add-in | application/vnd.ms-excel.addin.macroEnabled.12 | xlam
excel-binary: Excel binary workbook | application/vnd.ms-excel.sheet.binary.macroEnabled.12 | xlsb
powerpoint-ooxml: PowerPoint presentation | application/vnd.openxmlformats-officedocument.presentationml.presentation | pptx
powerpoint-ooxml-macro: PowerPoint presentation, macro-enabled | application/vnd.ms-powerpoint.presentation.macroEnabled.12 | pptm
powerpoint-show: PowerPoint show | application/vnd.openxmlformats-officedocument.presentationml.slideshow | ppsx
powerpoint-show-macro: PowerPoint show, macro-enabled | application/vnd.ms-powerpoint.slideshow.macroEnabled.12 | ppsm
powerpoint-template: PowerPoint template | application/vnd.openxmlformats-officedocument.presentationml.template | potx
powerpoint-template-macro: PowerPoint template, macro-enabled | application/vnd.ms-powerpoint.template.macroEnabled.12 | potm
powerpoint-addin: PowerPoint add-in | application/vnd.ms-powerpoint.addin.macroEnabled.12 | ppam
visio-ooxml: Visio drawing | application/vnd.ms-visio.drawing.main+xml | vsdx vssx vstx vsdm vssm vstm
ooxml: Open Packaging document | application/vnd.openxmlformats-package | xps oxps nupkg vsix appx msix msixbundle appxbundle
word-xml: Word XML document | application/xml | xml doc
excel-xml: Excel XML workbook | application/xml | xml xls
flat-opc: Office document as one XML file | application/xml | xml doc
opendocument-text: OpenDocument text | application/vnd.oasis.opendocument.text | odt ott fodt
opendocument-sheet: OpenDocument spreadsheet | application/vnd.oasis.opendocument.spreadsheet | ods ots fods
opendocument-slides: OpenDocument presentation | application/vnd.oasis.opendocument.presentation | odp otp
opendocument: OpenDocument file | application/vnd.oasis.opendocument | odg odf odb
rtf: Rich Text Format document | application/rtf | rtf doc
pdf: PDF document | application/pdf | pdf
pe-exe: Windows program | application/vnd.microsoft.portable-executable | exe scr com cpl pif
pe-dll: Windows library | application/vnd.microsoft.portable-executable | dll ocx cpl xll sys drv ax mui pyd node efi acm tsp winmd
dos-exe: DOS program | application/x-dosexec | exe com
elf: ELF program or library | application/x-elf | elf so o ko bin run node
mach-o: macOS program or library | application/x-mach-binary | dylib bundle o
java-class: Java class | application/java-vm | class
dex: Android code | application/vnd.android.dex | dex
wasm: WebAssembly module | application/wasm | wasm
lnk: Windows shortcut | application/x-ms-shortcut | lnk
zip: ZIP archive | application/zip | zip zipx
jar: Java archive | application/java-archive | jar war ear
apk: Android package | application/vnd.android.package-archive | apk
epub: EPUB book | application/epub+zip | epub
7z: 7-Zip archive | application/x-7z-compressed | 7z
rar: RAR archive | application/vnd.rar | rar
ace: ACE archive | application/x-ace-compressed | ace
arj: ARJ archive | application/x-arj | arj
gzip: gzip stream | application/gzip | gz tgz svgz emz
bzip2: bzip2 stream | application/x-bzip2 | bz2 tbz2
xz: xz stream | application/x-xz | xz txz
zstd: Zstandard stream | application/zstd | zst
lz4: LZ4 stream | application/x-lz4 | lz4
tar: tar archive | application/x-tar | tar
cab: Windows cabinet | application/vnd.ms-cab-compressed | cab msu
iso: ISO 9660 disk image | application/x-iso9660-image | iso img
vhd: virtual hard disk (VHD) | application/x-virtualbox-vhd | vhd
vhdx: virtual hard disk (VHDX) | application/x-virtualbox-vhd | vhdx
dmg: Apple disk image | application/x-apple-diskimage | dmg
deb: Debian package | application/vnd.debian.binary-package | deb
rpm: RPM package | application/x-rpm | rpm
ar: ar archive | application/x-archive | a lib
wim: Windows image | application/x-ms-wim | wim swm esd
chm: compiled HTML help | application/vnd.ms-htmlhelp | chm
html: HTML page | text/html | html htm xhtml shtml
hta: HTML application | application/hta | hta
mht: web archive (MIME HTML) | multipart/related | mht mhtml
svg: SVG picture | image/svg+xml | svg
xml: XML document | application/xml | xml xsl xslt xsd rels config manifest vcxproj csproj plist resx wsdl rss atom kml gpx xaml
wsf: Windows script file | text/xml | wsf wsc sct
json: JSON document | application/json | json jsonl ipynb geojson map webmanifest
eml: e-mail message | message/rfc822 | eml mht mhtml mbox nws
icalendar: calendar entry | text/calendar | ics ical vcs
vcard: contact card | text/vcard | vcf
csv: table as text | text/csv | csv tsv txt
sylk: SYLK spreadsheet | text/spreadsheet | slk sylk
iqy: Excel web query | text/x-ms-iqy | iqy
powershell: PowerShell script | text/x-powershell | ps1 psm1 psd1
vbscript: VBScript | text/vbscript | vbs
vbscript-encoded: encoded VBScript | text/vbscript | vbe
jscript: JavaScript or JScript | text/javascript | js mjs cjs jsm jsx ts
jscript-encoded: encoded JScript | text/javascript | jse
batch: batch file | application/x-bat | bat cmd nt
shell: shell script | text/x-shellscript | sh bash zsh ksh command
python: Python script | text/x-python | py pyw
perl: Perl script | text/x-perl | pl pm
ruby: Ruby script | text/x-ruby | rb
php: PHP script | application/x-httpd-php | php phtml php3 php5 php7 phar inc
vba-source: VBA source | text/x-vba | bas cls frm vba
internet-shortcut: internet shortcut | application/x-mswinurl | url website
reg: registry script | text/x-ms-regedit | reg
inf: setup information | text/inf | inf
scf: Explorer command file | text/scf | scf
library-ms: Windows library or search connector | application/windows-library+xml | library-ms search-ms searchconnector-ms settingcontent-ms
png: PNG picture | image/png | png apng
jpeg: JPEG picture | image/jpeg | jpg jpeg jpe jfif
gif: GIF picture | image/gif | gif
bmp: BMP picture | image/bmp | bmp dib
tiff: TIFF picture | image/tiff | tif tiff
webp: WebP picture | image/webp | webp
ico: icon | image/vnd.microsoft.icon | ico cur
heif: HEIF picture | image/heif | heic heif avif
emf: enhanced metafile | image/emf | emf
wmf: Windows metafile | image/wmf | wmf
psd: Photoshop picture | image/vnd.adobe.photoshop | psd
mp3: MP3 sound | audio/mpeg | mp3
wav: WAVE sound | audio/wav | wav
ogg: Ogg media | application/ogg | ogg oga ogv opus
flac: FLAC sound | audio/flac | flac
mp4: MP4 video | video/mp4 | mp4 m4a m4v mov
avi: AVI video | video/x-msvideo | avi
matroska: Matroska video | video/x-matroska | mkv webm
flash: Flash file | application/x-shockwave-flash | swf
font: font | font/sfnt | ttf otf ttc woff woff2 eot
sqlite: SQLite database | application/vnd.sqlite3 | sqlite db sqlite3
access: Access database | application/x-msaccess | mdb accdb
evtx: Windows event log | application/x-ms-evtx | evtx
registry-hive: Windows registry hive | application/x-ms-regf | dat hiv hve
prefetch: Windows prefetch file | application/x-ms-prefetch | pf
pcap: packet capture | application/vnd.tcpdump.pcap | pcap pcapng cap
pst: Outlook data file | application/vnd.ms-outlook-pst | pst ost
tnef: Outlook's winmail.dat | application/vnd.ms-tnef | dat
certificate: certificate or key | application/x-pem-file | pem crt cer key p7s p7b p7m pfx p12 asc
postscript: PostScript | application/postscript | ps eps ai
java-serialized: serialised Java objects | application/x-java-serialized-object | ser
activemime: packed Office data (ActiveMime) | application/x-mso | mso
ole-native: OLE package data | application/x-ole-storage | bin
`;

const types = new Map<string, Omit<FileType, "nameLies">>();
for (const line of table.trim().split("\n")) {
  const [head, mime, extensions] = line.split("|").map((cell) => cell.trim());
  const colon = head!.indexOf(":");
  const id = head!.slice(0, colon);
  const words = extensions === undefined || extensions === "" ? [] : extensions.split(/\s+/);
  types.set(id, { id, description: head!.slice(colon + 1).trim(), mime: mime!, extensions: words });
}

/** The type with this id; the ids are those of the table above. */
export function typeOf(id: string): Omit<FileType, "nameLies"> {
  return types.get(id) ?? types.get("data")!;
}

/** Every extension that some type claims. */
export const knownExtensions: ReadonlySet<string> = new Set(
  [...types.values()].flatMap((type) => type.extensions),
);

/** Extensions that run, or start something, when the file is opened on Windows or macOS. */
export const runningExtensions: ReadonlySet<string> = new Set(
  (
    "exe scr com cpl pif dll xll ocx msi msp mst hta js jse vbs vbe wsf wsh wsc sct bat cmd ps1 psm1 lnk url scf inf reg jar " +
    "appref-ms application msix appx gadget chm iso img vhd vhdx command sh py pyw library-ms settingcontent-ms searchconnector-ms"
  ).split(" "),
);

/** Types whose content runs when it is opened. */
export const runningTypes: ReadonlySet<string> = new Set(
  (
    "pe-exe pe-dll dos-exe elf mach-o msi lnk hta jscript jscript-encoded vbscript vbscript-encoded powershell batch shell python " +
    "wsf jar scf library-ms"
  ).split(" "),
);

export function extensionOf(name: string): string {
  const base = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  const dot = base.lastIndexOf(".");
  return dot <= 0
    ? ""
    : base
        .slice(dot + 1)
        .trim()
        .toLowerCase();
}
