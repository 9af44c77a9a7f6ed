import type { ColumnKind } from "./column.ts";

/**
 * Names of columns and keys, normalised (lower case, letters and digits only), by the meaning they have in logs.
 * `weak` names are used for other things too, so they count less.
 */
export interface Meaning {
  /** ECS field; for addresses the prefix ("source"), since name and IP address go to different fields. */
  readonly field: string;
  readonly kind: ColumnKind;
  readonly names: string;
  readonly weak?: string;
  /** Names that are surer than `names`: a table may have a column for the person beside the one for the account. */
  readonly strong?: string;
}

export const meanings: readonly Meaning[] = [
  {
    field: "@timestamp",
    kind: "time",
    names:
      "timestamp datetime eventtime timecreated timegenerated creationtime createdatetime createddatetime activitydatetime eventtimestamp starttime utctime systemtime logtime logtimestamp receivedtime generatedtime gendatetime timestamputc datetimeutc timeutc utcdatetime occurredat eventdate eventdatetime dateutc creationdate datetimegmt logdate timelocal timeiso8601 asctime isotimestamp epochtime unixtime unixtimestamp calendartime detectiontime eventcreatedat actiontime eventtimestampms detectedtimestamp",
    weak: "time ts t date when created createdat created occurred at stime firstseen starttimestamp begintime eventcreated received recordtime updated lastseen instant start logged startedat timenano timestampms timeunixnano observedtime modified lastmodified mtime",
  },
  { field: "@date", kind: "date", names: "datelocal", weak: "day" },
  { field: "@clock", kind: "clock", names: "timeofday", weak: "hour" },
  {
    field: "source",
    kind: "address",
    names:
      "sourceip srcip sourceaddress ipsourceaddress srcaddr srcaddress clientip clientipaddress cip remoteip remoteaddr remoteaddress sourceipaddress callerip calleripaddress ipsource sourcehost srchost idorigh origh origip originip attackerip remotehost clientaddress clientaddr peerip peeraddr userip fromip ipsrc sourceipv4 srcipv4 initiatorip xclientip clienthost requestip loginip sourcenetworkaddress ipclient saddr sourceworkstation actoripaddress actorip sourceaddr remoteipaddress srcdvcipaddr srcipaddr sourcehostname srchostname connsrcip srcdomain",
    weak: "src source ip ipaddress address client remote from peer ipaddr addr ipv4 origin attacker",
  },
  {
    field: "source.port",
    kind: "port",
    names: "sourceport srcport sport clientport cport remoteport idorigp origp spt ipport connsrcport",
  },
  {
    field: "destination",
    kind: "address",
    names:
      "destinationip destip dstip destinationaddress ipdestinationaddress dstaddr dstaddress destaddress serverip sip dstipv4 serveraddress targetip destinationhost desthost dsthost idresph resph respip toip ipdst localip destinationhostname desthostname dsthostname daddr targetaddress destaddr destinationipv4 victimip serveripaddress dstdvcipaddr dstipaddr destinationipaddress localaddress conndestip",
    weak: "dst dest destination target server to victim",
  },
  {
    field: "destination.port",
    kind: "port",
    names:
      "destinationport destport dstport dport serverport idrespp respp dpt localport targetport conndestport",
    weak: "port",
  },
  { field: "source.mac", kind: "mac", names: "sourcemac srcmac clientmac smac", weak: "mac macaddress" },
  { field: "destination.mac", kind: "mac", names: "destinationmac dstmac destmac dmac" },
  {
    field: "source.bytes",
    kind: "count",
    names:
      "bytessent sentbytes sentbyte bytesout outbytes srcbytes origbytes sourcebytes csbytes clientbytes bytestoserver uploadbytes requestsize orgibytes txbytes bytesup",
  },
  {
    field: "destination.bytes",
    kind: "count",
    names:
      "bytesreceived receivedbytes rcvdbyte bytesin inbytes dstbytes respbytes destinationbytes scbytes serverbytes bytestoclient downloadbytes responsesize rxbytes bytesdown",
  },
  {
    field: "network.bytes",
    kind: "count",
    names: "totalbytes bytestotal networkbytes",
    weak: "bytes octets",
  },
  { field: "network.packets", kind: "count", names: "totalpackets packetcount", weak: "packets pkts" },
  {
    field: "network.transport",
    kind: "transport",
    names:
      "protocol proto transport ipprotocol transportprotocol protocolname l4proto networkprotocol networktransport connipproto",
  },
  {
    field: "network.application",
    kind: "word",
    names: "application applicationname appname appprotocol networkapplication",
    weak: "app service",
  },
  {
    field: "user.name",
    kind: "user",
    strong: "username userprincipalname upn samaccountname loginname logonname",
    names:
      "userid useraccount accountname account login loginuser user targetusername subjectusername csusername authuser remoteuser authenticateduser actoralternateid principal principalname actorname initiatedby srcuser sourceuser suser usr loginid performedby uname actorusername useridentityusername dbuser clientuser",
    weak: "actor owner identity member operator by principalid author",
  },
  {
    field: "source.geo.country_iso_code",
    kind: "country",
    names:
      "countrycode sourcecountrycode srccountrycode countryiso countryisocode sourcecountry srccountry clientcountry geocountry geoipcountrycode ipcountry countryorregion locationcountryorregion",
    weak: "country location land pays pais paese kraj",
  },
  {
    field: "user.target.name",
    kind: "user",
    names: "targetuser destinationuser dstuser duser targetaccount affecteduser",
  },
  {
    field: "user.domain",
    kind: "word",
    names: "userdomain accountdomain targetdomainname subjectdomainname ntdomain logondomain",
  },
  {
    field: "user.email",
    kind: "email",
    names: "email useremail emailaddress mail actoremail principalemail usermail",
  },
  {
    field: "host.name",
    kind: "host",
    names:
      "hostname host computername computer machinename machine devicename endpointname workstation servername nodename agenthostname agentname devicehostname dvchost hostidentifier agentcomputername computerdnsname syslogserver systemname assetname endpoint clienthostname",
    weak: "device node asset agent instance system sensor",
  },
  { field: "host.ip", kind: "ip", names: "hostip agentip deviceip endpointip computerip machineip dvc" },
  {
    field: "event.action",
    kind: "action",
    names:
      "action actiontaken actionperformed deviceaction firewallaction eventaction operation operationname activity eventname actionname act disposition",
    weak: "event verb command type subtype cmd eventtype activitytype actiontype",
  },
  {
    field: "event.outcome",
    kind: "outcome",
    names:
      "outcome result eventoutcome resultstatus actionresult authresult loginresult success succeeded issuccess",
    weak: "status state",
  },
  {
    field: "event.code",
    kind: "code",
    names: "eventid eventcode eid messageid msgid errorcode signatureid eventidentifier ruleid sid",
  },
  {
    field: "event.reason",
    kind: "text",
    names: "reason failurereason errormessage statusmessage statusreason failreason error",
  },
  {
    field: "log.level",
    kind: "level",
    names: "level loglevel severity lvl priority severitylevel leveltext syslogseverity criticality",
  },
  {
    field: "message",
    kind: "text",
    names:
      "message msg logmessage description eventmessage renderedmessage details detail text summary messagetext shortmessage fullmessage eventdescription",
    weak: "body log comment info note content",
  },
  {
    field: "http.request.method",
    kind: "method",
    names:
      "method httpmethod requestmethod csmethod verb httpverb reqmethod clientrequestmethod httprequestmethod",
  },
  {
    field: "http.response.status_code",
    kind: "status",
    names:
      "statuscode httpstatus httpstatuscode responsecode scstatus responsestatus httpcode httpresponsecode edgeresponsestatus respstatus responsestatuscode downstreamstatus",
    weak: "status code",
  },
  {
    field: "http.response.body.bytes",
    kind: "count",
    names: "responsebodylen responsebodybytes bodybytessent edgeresponsebytes contentlength responselength",
  },
  {
    field: "http.request.referrer",
    kind: "text",
    names: "referer referrer httpreferer httpreferrer csreferer refererurl",
  },
  {
    field: "user_agent.original",
    kind: "text",
    names:
      "useragent ua httpuseragent csuseragent clientuseragent agentstring userbrowser clientappused browser clientrequestuseragent requestuseragent",
    weak: "agent",
  },
  {
    field: "url.original",
    kind: "url",
    names:
      "url uri requesturl requesturi fullurl csuri requestpath csuristem urlpath httpurl link targeturl urloriginal clientrequesturi desturl httpuri",
    weak: "path request target resource",
  },
  { field: "url.query", kind: "text", names: "query querystring csuriquery urlquery" },
  {
    field: "url.domain",
    kind: "domain",
    names:
      "cshost domain fqdn sni servername urldomain httphost clientrequesthost vhost virtualhost requesthost websitename website",
    weak: "site",
  },
  {
    field: "dns.question.name",
    kind: "domain",
    names: "dnsquery queryname qname dnsname questionname querydomain dnsquestionname",
  },
  {
    field: "dns.question.type",
    kind: "word",
    names: "querytype qtype dnstype recordtype qtypename dnsrecordtype",
  },
  {
    field: "process.executable",
    kind: "program",
    names:
      "processpath imagepath applicationpath executablepath processimagepath processexecutable processfullpath programpath exepath processfilepath initiatingprocessfolderpath",
  },
  {
    field: "process.name",
    kind: "process",
    names:
      "processname process image imagename program exe executable procname newprocessname processimage initiatingprocessfilename binary programname processfilename",
  },
  { field: "process.pid", kind: "count", names: "pid processid procid newprocessid" },
  {
    field: "process.command_line",
    kind: "text",
    names: "commandline cmdline processcommandline fullcommand processcmdline",
    weak: "command args",
  },
  {
    field: "process.parent.name",
    kind: "process",
    names:
      "parentprocess parentprocessname parentimage parentname parentprocesspath parentpath parentexecutable parentimagepath parentprocessexecutable",
  },
  { field: "process.parent.pid", kind: "count", names: "ppid parentpid parentprocessid" },
  { field: "process.parent.command_line", kind: "text", names: "parentcommandline parentcmdline" },
  {
    field: "file.path",
    kind: "path",
    names:
      "filepath path fullpath targetfilename filefullpath folderpath filelocation objectpath targetpath ospath sourcefile",
    weak: "file object target",
  },
  { field: "file.name", kind: "text", names: "filename fname attachmentname objectname" },
  { field: "file.size", kind: "count", names: "filesize sizebytes sizeinbytes", weak: "size" },
  { field: "file.hash.md5", kind: "hash", names: "md5 filemd5 md5hash hashmd5" },
  { field: "file.hash.sha1", kind: "hash", names: "sha1 filesha1 sha1hash hashsha1" },
  {
    field: "file.hash.sha256",
    kind: "hash",
    names: "sha256 filesha256 sha256hash hashsha256 hash filehash checksum digest hashes",
  },
  {
    field: "rule.name",
    kind: "text",
    names:
      "rulename signature signaturename alertname policyname rule threatname virusname malwarename detectionname attackname malware threat virus infection detection",
    weak: "policy alert",
  },
  {
    field: "email.from.address",
    kind: "email",
    names: "sender from fromaddress senderaddress mailfrom envelopefrom senderfromaddress",
  },
  {
    field: "email.to.address",
    kind: "email",
    names: "recipient recipients to toaddress recipientaddress rcptto rcpt",
  },
  { field: "email.subject", kind: "text", names: "subject messagesubject mailsubject emailsubject" },
  { field: "container.name", kind: "word", names: "containername kubernetescontainername" },
  { field: "orchestrator.resource.name", kind: "word", names: "podname kubernetespodname" },
  {
    field: "orchestrator.namespace",
    kind: "word",
    names: "kubernetesnamespacename kubernetesnamespace namespacename",
  },
  { field: "service.name", kind: "word", names: "servicename logger loggername component" },
];
