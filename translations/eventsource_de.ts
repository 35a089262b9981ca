<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ConnectionBadge</name>
    <message>
        <source>No listener</source>
        <translation>Kein Listener</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindet …</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Reconnecting in %1 s</source>
        <translation>Neuer Versuch in %1 s</translation>
    </message>
    <message>
        <source>Reconnecting…</source>
        <translation>Verbindet neu …</translation>
    </message>
    <message>
        <source>No address</source>
        <translation>Keine Adresse</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Events arrive as the server sends them.</source>
        <translation>Ereignisse treffen ein, wie der Server sie sendet.</translation>
    </message>
    <message>
        <source>Waiting for the server&apos;s answer.</source>
        <translation>Die Antwort des Servers steht noch aus.</translation>
    </message>
    <message>
        <source>%1 It reconnects when this has changed.</source>
        <translation>%1 Sobald sich das geändert hat, wird neu verbunden.</translation>
    </message>
    <message>
        <source>%1 It reconnects automatically.</source>
        <translation>%1 Die Verbindung wird automatisch neu aufgebaut.</translation>
    </message>
    <message>
        <source>It connects as soon as there is a URL.</source>
        <translation>Die Verbindung wird aufgebaut, sobald es eine URL gibt.</translation>
    </message>
    <message>
        <source>%1 It has to be started again.</source>
        <translation>%1 Ein neuer Start ist nötig.</translation>
    </message>
    <message>
        <source>Nothing is requested until it is started.</source>
        <translation>Vor dem Start wird nichts angefordert.</translation>
    </message>
    <message>
        <source>Connection: %1</source>
        <translation>Verbindung: %1</translation>
    </message>
</context>
<context>
    <name>EventLogView</name>
    <message>
        <source>No events yet</source>
        <translation>Noch keine Ereignisse</translation>
    </message>
    <message>
        <source>Recent events</source>
        <translation>Letzte Ereignisse</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>%1+ new events</source>
        <translation>Über %1 neue Ereignisse</translation>
    </message>
    <message>
        <source>1 new event</source>
        <translation>1 neues Ereignis</translation>
    </message>
    <message numerus="yes">
        <source>%1 new events</source>
        <translation>
            <numerusform>%1 neues Ereignis</numerusform>
            <numerusform>%1 neue Ereignisse</numerusform>
        </translation>
    </message>
    <message>
        <source>Shows the newest event</source>
        <translation>Zeigt das neueste Ereignis</translation>
    </message>
</context>
<context>
    <name>EventSourceListener</name>
    <message>
        <source>caCertificates cannot be read: %1 (%2). Nothing was sent; name a PEM file with a file: or qrc: address.</source>
        <translation>caCertificates kann nicht gelesen werden: %1 (%2). Es wurde nichts gesendet. Anzugeben ist eine PEM-Datei mit einer Adresse, die mit file: oder qrc: beginnt.</translation>
    </message>
    <message>
        <source>not a file</source>
        <translation>keine Datei</translation>
    </message>
    <message>
        <source>caCertificates has no certificate: %1. Nothing was sent; name a PEM file that has one.</source>
        <translation>caCertificates enthält kein Zertifikat: %1. Es wurde nichts gesendet. Anzugeben ist eine PEM-Datei, die eines enthält.</translation>
    </message>
    <message>
        <source>%1 The event is not delivered. Handle parseError, or set format to EventSourceListener.Text if the stream is not JSON.</source>
        <translation>%1 Das Ereignis wird nicht zugestellt. Das Signal parseError sollte behandelt werden, oder format ist auf EventSourceListener.Text zu setzen, falls der Stream kein JSON enthält.</translation>
    </message>
    <message>
        <source>A message is not delivered to a receiver of its type, because the data differ: %1. Handle parseError.</source>
        <translation>Eine Nachricht wird einem Empfänger ihres Typs nicht zugestellt, weil die Daten abweichen: %1. Das Signal parseError sollte behandelt werden.</translation>
    </message>
    <message>
        <source>An event larger than maximumEventSize (%1 bytes) was skipped.</source>
        <translation>Ein Ereignis, das größer als maximumEventSize (%1 Bytes) ist, wurde übersprungen.</translation>
    </message>
    <message>
        <source>An id longer than %1 bytes was ignored: no server accepts it in a header. lastEventId stays as it was.</source>
        <translation>Eine id mit mehr als %1 Bytes wurde ignoriert, weil kein Server sie in einem Header annimmt. lastEventId bleibt unverändert.</translation>
    </message>
    <message>
        <source>lastEventId cannot have CR, LF or NUL; it stays as it was.</source>
        <translation>lastEventId darf weder CR noch LF noch NUL enthalten und bleibt unverändert.</translation>
    </message>
    <message>
        <source>format takes EventSourceListener.Json or EventSourceListener.Text, not %1.</source>
        <translation>format nimmt EventSourceListener.Json oder EventSourceListener.Text an, nicht %1.</translation>
    </message>
    <message>
        <source>connectTimeout takes 0 (off) or more ms, not %1.</source>
        <translation>connectTimeout nimmt 0 (aus) oder mehr ms an, nicht %1.</translation>
    </message>
    <message>
        <source>responseTimeout takes 0 (off) or more ms, not %1.</source>
        <translation>responseTimeout nimmt 0 (aus) oder mehr ms an, nicht %1.</translation>
    </message>
    <message>
        <source>idleTimeout takes 0 (off) or more ms, not %1.</source>
        <translation>idleTimeout nimmt 0 (aus) oder mehr ms an, nicht %1.</translation>
    </message>
    <message>
        <source>maximumEventSize takes 1 or more bytes, not %1.</source>
        <translation>maximumEventSize nimmt 1 oder mehr Bytes an, nicht %1.</translation>
    </message>
    <message>
        <source>onMessage() needs a context.</source>
        <translation>onMessage() braucht einen Kontext.</translation>
    </message>
    <message>
        <source>The data is not JSON: %1 at offset %2.</source>
        <translation>Die Daten sind kein JSON: %1 an Position %2.</translation>
    </message>
    <message>
        <source>The body cannot be written as JSON (%1).</source>
        <translation>Der Body lässt sich nicht als JSON schreiben (%1).</translation>
    </message>
    <message>
        <source>The response ended before the event that endMarker names. A part of it may be missing.</source>
        <translation>Die Antwort endete vor dem Ereignis, das endMarker nennt. Ein Teil von ihr kann fehlen.</translation>
    </message>
    <message>
        <source>The server may have carried out the request, so it is not sent again (reconnect.resend).</source>
        <translation>Der Server hat die Anfrage möglicherweise ausgeführt, daher wird sie nicht noch einmal gesendet (reconnect.resend).</translation>
    </message>
    <message>
        <source>It asks for a wait of at least %1 s (Retry-After). The wait is spread above that, so that its clients do not all return at once.</source>
        <translation>Er verlangt eine Wartezeit von mindestens %1 s (Retry-After). Tatsächlich wird etwas länger gewartet, damit nicht alle Clients gleichzeitig zurückkehren.</translation>
    </message>
    <message>
        <source>The header name &quot;%1&quot; has characters that HTTP does not allow there.</source>
        <translation>Der Header-Name „%1“ enthält Zeichen, die HTTP dort nicht erlaubt.</translation>
    </message>
    <message>
        <source>The header %1 is for the connection to set; remove it from headers.</source>
        <translation>Der Header %1 wird von der Verbindung selbst gesetzt und ist aus headers zu entfernen.</translation>
    </message>
    <message>
        <source>The header %1 has a value that is not a string.</source>
        <translation>Der Wert des Headers %1 ist keine Zeichenkette.</translation>
    </message>
    <message>
        <source>The header %1 has a line break or NUL in its value.</source>
        <translation>Der Wert des Headers %1 enthält einen Zeilenumbruch oder NUL.</translation>
    </message>
    <message>
        <source>The header %1 has a control character in its value.</source>
        <translation>Der Wert des Headers %1 enthält ein Steuerzeichen.</translation>
    </message>
    <message>
        <source>The body is neither a string, an ArrayBuffer, an object nor an array.</source>
        <translation>Der Body ist weder eine Zeichenkette noch ein ArrayBuffer, ein Objekt oder ein Array.</translation>
    </message>
    <message>
        <source>The url is not an http or https address: %1. Nothing was sent; set another url.</source>
        <translation>Die url ist keine http- oder https-Adresse: %1. Es wurde nichts gesendet. Eine andere url ist nötig.</translation>
    </message>
    <message>
        <source>The method &quot;%1&quot; is not one that HTTP could carry.</source>
        <translation>Die Methode „%1“ kann mit HTTP nicht übertragen werden.</translation>
    </message>
    <message>
        <source>%1 Nothing was sent to %2.</source>
        <translation>%1 An %2 wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>there is no value</source>
        <translation>kein Wert vorhanden</translation>
    </message>
    <message>
        <source>unexpected character</source>
        <translation>unerwartetes Zeichen</translation>
    </message>
    <message>
        <source>more than one value</source>
        <translation>mehr als ein Wert</translation>
    </message>
    <message>
        <source>unexpected end</source>
        <translation>unerwartetes Ende</translation>
    </message>
</context>
<context>
    <name>EventSourceModel</name>
    <message>
        <source>roles is fixed once the component is complete.</source>
        <translation>roles steht fest, sobald die Komponente vollständig ist.</translation>
    </message>
    <message>
        <source>An event of type &quot;%1&quot; is appended as a row without a key: its field &quot;%2&quot; (keyField) is missing, or is not a string, a number or a boolean.</source>
        <translation>Ein Ereignis vom Typ „%1“ wird als Zeile ohne Schlüssel angehängt: Sein Feld „%2“ (keyField) fehlt oder ist weder Zeichenkette noch Zahl noch Wahrheitswert.</translation>
    </message>
    <message>
        <source>removeTypes has no effect without keyField.</source>
        <translation>removeTypes hat ohne keyField keine Wirkung.</translation>
    </message>
    <message>
        <source>An event of removeTypes is ignored: its data are neither a key nor an object with the field &quot;%1&quot; (keyField).</source>
        <translation>Ein Ereignis aus removeTypes wird ignoriert: Seine Daten sind weder ein Schlüssel noch ein Objekt mit dem Feld „%1“ (keyField).</translation>
    </message>
</context>
<context>
    <name>EventSourcePrivate::StreamConnection</name>
    <message>
        <source>The network access manager of the stream was deleted.</source>
        <translation>Der QNetworkAccessManager des Streams wurde gelöscht.</translation>
    </message>
    <message>
        <source>The response of %1 cannot be decompressed (%2): %3.</source>
        <translation>Die Antwort von %1 lässt sich nicht entpacken (%2): %3.</translation>
    </message>
    <message>
        <source>The response of %1 ended within its compressed data (%2).</source>
        <translation>Die Antwort von %1 endete mitten in den komprimierten Daten (%2).</translation>
    </message>
    <message>
        <source>%1 answered %2, which announces an answer. This version of Qt (%3) takes it for the answer, and nothing else is received.</source>
        <translation>%1 hat mit %2 geantwortet, was eine Antwort nur ankündigt. Diese Version von Qt (%3) hält das für die Antwort selbst, und nichts weiter wird empfangen.</translation>
    </message>
    <message>
        <source>%1 answered %2.</source>
        <translation>%1 hat mit %2 geantwortet.</translation>
    </message>
    <message>
        <source> The head of the response has no fields, or Qt did not read them: there are too many, they are too long, or one is malformed.</source>
        <translation> Der Kopf der Antwort hat keine Felder, oder Qt hat sie nicht gelesen: Es sind zu viele, sie sind zu lang, oder eines ist fehlerhaft.</translation>
    </message>
    <message>
        <source>no media type</source>
        <translation>ohne Medientyp</translation>
    </message>
    <message>
        <source>the media type &quot;%1&quot;</source>
        <translation>mit dem Medientyp „%1“</translation>
    </message>
    <message>
        <source>%1 answered with %2 where an event stream has &quot;text/event-stream&quot;. Is it the address of a stream?%3</source>
        <translation>%1 hat %2 geantwortet. Ein Ereignisstrom hat „text/event-stream“. Ist es die Adresse eines Streams?%3</translation>
    </message>
    <message>
        <source>%1 answered with the content coding &quot;%2&quot;, which was not asked for and cannot be decompressed.</source>
        <translation>%1 hat mit der Inhaltskodierung „%2“ geantwortet, die nicht verlangt wurde und nicht entpackt werden kann.</translation>
    </message>
    <message>
        <source>without saying where to</source>
        <translation>ohne ein Ziel zu nennen</translation>
    </message>
    <message>
        <source>to an address that is not http or https</source>
        <translation>auf eine Adresse, die weder http noch https ist</translation>
    </message>
    <message>
        <source>%1 redirects (status %2) %3.%4</source>
        <translation>%1 leitet um (Status %2), %3.%4</translation>
    </message>
    <message>
        <source>More than %1 redirects; the last one led from %2 to %3.</source>
        <translation>Mehr als %1 Umleitungen; die letzte führte von %2 zu %3.</translation>
    </message>
    <message>
        <source>%1 redirects from https to http (%2), which would send the request in the clear. It was not followed.</source>
        <translation>%1 leitet von https auf http um (%2), wodurch die Anfrage unverschlüsselt gesendet würde. Der Umleitung wurde nicht gefolgt.</translation>
    </message>
    <message>
        <source>%1 redirects a request with a body to another origin (%2). It was not followed, because the body is not meant for it.</source>
        <translation>%1 leitet eine Anfrage mit Body auf einen anderen Ursprung um (%2). Der Umleitung wurde nicht gefolgt, weil der Body nicht für ihn bestimmt ist.</translation>
    </message>
    <message>
        <source>The connection to %1 broke: %2.</source>
        <translation>Die Verbindung zu %1 ist abgebrochen: %2.</translation>
    </message>
    <message>
        <source>No secure connection to %1: %2. Nothing was sent.</source>
        <translation>Keine sichere Verbindung zu %1: %2. Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>%1 closed the connection without an answer. The request was not sent again.</source>
        <translation>%1 hat die Verbindung ohne Antwort geschlossen. Die Anfrage wurde nicht noch einmal gesendet.</translation>
    </message>
    <message>
        <source>No answer from %1: %2.</source>
        <translation>Keine Antwort von %1: %2.</translation>
    </message>
    <message>
        <source>%1 was silent for longer than %2 ms (idleTimeout).</source>
        <translation>%1 hat länger als %2 ms nichts gesendet (idleTimeout).</translation>
    </message>
    <message>
        <source>%1 did not answer within %2 ms (responseTimeout).</source>
        <translation>%1 hat nicht innerhalb von %2 ms geantwortet (responseTimeout).</translation>
    </message>
    <message>
        <source>No connection to %1 within %2 ms (connectTimeout).</source>
        <translation>Keine Verbindung zu %1 innerhalb von %2 ms (connectTimeout).</translation>
    </message>
</context>
<context>
    <name>Sparkline</name>
    <message>
        <source>Chart of the last values</source>
        <translation>Diagramm der letzten Werte</translation>
    </message>
    <message>
        <source>No value yet</source>
        <translation>Noch kein Wert</translation>
    </message>
    <message>
        <source>The last value is %1</source>
        <translation>Der letzte Wert ist %1</translation>
    </message>
</context>
</TS>
