import type { ColumnKind } from "./column.ts";

/** Names of columns as programs of other languages write them; normalised like those in `names.ts`, so without accents. */
export interface LocalMeaning {
  readonly field: string;
  readonly kind: ColumnKind;
  readonly names: string;
}

/** German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Danish, Norwegian, Czech. */
export const localMeanings: readonly LocalMeaning[] = [
  {
    field: "@timestamp",
    kind: "time",
    names:
      "zeit zeitpunkt zeitstempel datumuhrzeit datumundzeit datumunduhrzeit horodatage dateheure dateetheure fechahora fechayhora marcadetiempo dataora dataeora datahora dataehora tijdstip datumtijd datumentijd dataczas dataigodzina dataiczas tidpunkt tidsstampel datumochtid tidspunkt datumogtid datumacas cas",
  },
  { field: "@date", kind: "date", names: "datum fecha dato" },
  { field: "@clock", kind: "clock", names: "uhrzeit hora heure godzina tijd klokkeslaet" },
  {
    field: "source",
    kind: "address",
    names:
      "quelle quellip quelladresse quellipadresse ipquelle ipadresse adresseip ipsource adressesource adresseipsource iporigen origen direccionip direccionorigen direcciondeorigen iporigine indirizzoip indirizzosorgente indirizzoorigine ipsorgente enderecoip iporigem enderecodeorigem ipadres bronip bronadres adresip adreszrodlowy ipzrodlowe kallip kalladress kildeip ipadresa zdrojovaip",
  },
  {
    field: "destination",
    kind: "address",
    names:
      "ziel zielip zieladresse zielipadresse ipziel ipdestino direcciondestino direcciondedestino ipdestination adressedestination adresseipdestination ipdestinazione indirizzodestinazione enderecodedestino doelip doeladres adresdocelowy ipdocelowe malip maladress destinationsip cilovaip",
  },
  {
    field: "source.port",
    kind: "port",
    names: "quellport puertoorigen puertodeorigen portsource portasorgente portaorigem bronpoort",
  },
  {
    field: "destination.port",
    kind: "port",
    names:
      "zielport puertodestino puertodedestino portdestination portadestinazione portadestino doelpoort portdocelowy malport",
  },
  {
    field: "source.bytes",
    kind: "count",
    names: "gesendetebytes bytesgesendet bytesenviados octetsenvoyes byteinviati bytesverzonden wyslanebajty",
  },
  {
    field: "destination.bytes",
    kind: "count",
    names:
      "empfangenebytes bytesempfangen bytesrecibidos octetsrecus bytericevuti bytesrecebidos bytesontvangen odebranebajty",
  },
  {
    field: "network.transport",
    kind: "transport",
    names: "protokoll protocolo protocole protocollo protokol",
  },
  {
    field: "user.name",
    kind: "user",
    names:
      "benutzer benutzername benutzerkonto anwender kontoname utilisateur nomutilisateur nomdutilisateur compte usuario nombredeusuario nombreusuario cuenta utente nomeutente utilizador nomedeusuario gebruiker gebruikersnaam uzytkownik nazwauzytkownika anvandare anvandarnamn bruker brukernavn bruger brugernavn uzivatel uzivatelskejmeno",
  },
  {
    field: "host.name",
    kind: "host",
    names:
      "rechner rechnername computername gerat geratename arbeitsplatz ordinateur nomordinateur nomdelordinateur poste equipo nombredeequipo nombredelequipo ordenador nomecomputer dispositivo computador nomedocomputador computernaam komputer nazwakomputera urzadzenie dator datornamn datamaskin pocitac nazevpocitace",
  },
  {
    field: "event.action",
    kind: "action",
    names:
      "aktion ereignis vorgang evenement accion evento operacion azione operazione acao operacao actie gebeurtenis akcja zdarzenie operacja handelse atgard handling haendelse akce udalost",
  },
  {
    field: "event.outcome",
    kind: "outcome",
    names: "ergebnis resultat resultado risultato esito resultaat wynik utfall vysledek",
  },
  {
    field: "message",
    kind: "text",
    names:
      "nachricht beschreibung meldung mensaje descripcion descrizione messaggio mensagem descricao omschrijving bericht opis komunikat meddelande beskrivning besked popis zprava",
  },
  {
    field: "process.executable",
    kind: "program",
    names:
      "prozesspfad programmpfad rutadelproceso cheminduprocessus percorsoprocesso caminhodoprocesso sciezkaprocesu",
  },
  {
    field: "process.name",
    kind: "process",
    names:
      "prozess prozessname programm proceso nombredelproceso processus nomduprocessus processo nomeprocesso nomedoprocesso proces procesnaam nazwaprocesu processnamn",
  },
  {
    field: "process.command_line",
    kind: "text",
    names:
      "befehlszeile kommandozeile lineadecomandos lignedecommande rigadicomando linhadecomando opdrachtregel wierszpolecenia kommandorad prikazovyradek",
  },
  {
    field: "process.parent.name",
    kind: "process",
    names:
      "elternprozess ubergeordneterprozess procesopadre processusparent processopadre processopai bovenliggendproces procesnadrzedny",
  },
  {
    field: "file.path",
    kind: "path",
    names:
      "datei dateipfad pfad archivo rutadelarchivo ruta fichier cheminfichier chemindufichier chemin percorso percorsofile arquivo caminho caminhodoarquivo bestand bestandspad plik sciezka sciezkapliku fil filsokvag sokvag soubor cesta",
  },
  {
    field: "file.name",
    kind: "text",
    names:
      "dateiname nombredearchivo nombrearchivo nomdufichier nomefile nomedoarquivo bestandsnaam nazwapliku filnamn",
  },
  {
    field: "file.size",
    kind: "count",
    names: "dateigrosse tamano taille dimensione tamanho bestandsgrootte rozmiar storlek",
  },
  {
    field: "rule.name",
    kind: "text",
    names:
      "bedrohung bedrohungsname amenaza nombredelaamenaza menace nomdelamenace minaccia ameaca bedreiging zagrozenie hot",
  },
  { field: "log.level", kind: "level", names: "schweregrad gravedad gravite gravita gravidade ernst poziom" },
  {
    field: "email.from.address",
    kind: "email",
    names: "absender remitente expediteur mittente remetente afzender nadawca avsandare",
  },
  {
    field: "email.to.address",
    kind: "email",
    names: "empfanger destinatario destinataire ontvanger odbiorca mottagare",
  },
  {
    field: "email.subject",
    kind: "text",
    names: "betreff asunto objet oggetto assunto onderwerp temat amne",
  },
];

const letters: Record<string, string> = { ł: "l", ß: "ss", ø: "o", æ: "ae", đ: "d", œ: "oe" };

/** "Użytkownik" → "Uzytkownik": letters without their accents, so that every spelling of a name is one. */
export function withoutAccents(text: string): string {
  // Most names are plain: nothing is made anew for them.
  if (!/[^\x00-\x7f]/.test(text)) return text;
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[łßøæđœ]/g, (letter) => letters[letter]!);
}
