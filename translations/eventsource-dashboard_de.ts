<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActivityFeed</name>
    <message>
        <source>Activity</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>%1, %2: %3. %4</source>
        <translation>%1, %2: %3. %4</translation>
    </message>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Noch ist nichts geschehen</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Questions cause the faults of the chat: ask with 401, 429, “in the middle” or “think” in the text. A new conversation suggests some.</source>
        <translation>Fragen lösen die Störungen des Chats aus: mit 401, 429, „in the middle“ oder „think“ im Text. Ein neues Gespräch schlägt einige vor.</translation>
    </message>
    <message>
        <source>The chat&apos;s server is not the built-in one, which alone misbehaves on command.</source>
        <translation>Der Server des Chats ist nicht der eingebaute, und nur der lässt sich stören.</translation>
    </message>
</context>
<context>
    <name>ChatSettings</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Begins a new conversation</source>
        <translation>Beginnt ein neues Gespräch</translation>
    </message>
    <message>
        <source>Token, the server asks for it</source>
        <translation>Token, der Server verlangt ihn</translation>
    </message>
    <message>
        <source>Token, if the server wants one</source>
        <translation>Token, falls der Server einen will</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Nutzen</translation>
    </message>
    <message>
        <source>Sends this token with each question</source>
        <translation>Sendet diesen Token mit jeder Frage</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Ask something</source>
        <translation>Frage eingeben</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Return sends it, Shift and Return begin a new line</source>
        <translation>Eingabe sendet, Umschalt und Eingabe beginnen eine neue Zeile</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Ends the answer (Escape)</source>
        <translation>Beendet die Antwort (Esc)</translation>
    </message>
    <message>
        <source>Sends the question (Return)</source>
        <translation>Sendet die Frage (Eingabe)</translation>
    </message>
</context>
<context>
    <name>ConnectionPanel</name>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Last event id</source>
        <translation>Letzte ID</translation>
    </message>
    <message>
        <source>Events/s</source>
        <translation>Ereign./s</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>%1 (ids %2–%3)</source>
        <translation>%1 (IDs %2–%3)</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>Unlesbar</translation>
    </message>
    <message>
        <source>Next attempt</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>in %1 s</source>
        <translation>in %1 s</translation>
    </message>
    <message>
        <source>Lost, repeated</source>
        <translation>Verloren, doppelt</translation>
    </message>
    <message>
        <source>Reconnects</source>
        <translation>Wieder da</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Fehler</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Stopped.</source>
        <translation>Gestoppt.</translation>
    </message>
    <message>
        <source>The answer has reached the length limit.</source>
        <translation>Die Antwort hat die Längengrenze erreicht.</translation>
    </message>
    <message>
        <source>The answer was cut short: the server ended it too early.</source>
        <translation>Die Antwort ist unvollständig: Der Server hat sie zu früh beendet.</translation>
    </message>
    <message>
        <source>The answer was cut short: the server fell silent.</source>
        <translation>Die Antwort ist unvollständig: Der Server ist verstummt.</translation>
    </message>
    <message>
        <source>The answer was cut short: the connection broke.</source>
        <translation>Die Antwort ist unvollständig: Die Verbindung ist abgebrochen.</translation>
    </message>
    <message>
        <source>First token after %1 s, then %2 tokens/s</source>
        <translation>Erstes Token nach %1 s, dann %2 Token/s</translation>
    </message>
</context>
<context>
    <name>EventInspector</name>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Shows what has arrived meanwhile</source>
        <translation>Zeigt, was inzwischen eingetroffen ist</translation>
    </message>
    <message>
        <source>Holds the list; the stream continues</source>
        <translation>Hält die Liste an; der Stream läuft weiter</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Empties the list</source>
        <translation>Leert die Liste</translation>
    </message>
    <message>
        <source>Types</source>
        <translation>Typen</translation>
    </message>
    <message>
        <source>No event yet</source>
        <translation>Noch kein Ereignis</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>id %1 · %2</source>
        <translation>ID %1 · %2</translation>
    </message>
    <message>
        <source>No longer in the list</source>
        <translation>Nicht mehr in der Liste</translation>
    </message>
    <message>
        <source>Select an event in the list to see all of it.</source>
        <translation>Ein Ereignis in der Liste auswählen, um es ganz zu sehen.</translation>
    </message>
    <message>
        <source>The event&apos;s data</source>
        <translation>Die Daten des Ereignisses</translation>
    </message>
</context>
<context>
    <name>ExplorerPage</name>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Closes the connection</source>
        <translation>Schließt die Verbindung</translation>
    </message>
    <message>
        <source>Sends the request</source>
        <translation>Sendet die Anfrage</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
</context>
<context>
    <name>ExplorerResults</name>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Timings</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Waits for the server&apos;s answer.</source>
        <translation>Wartet auf die Antwort des Servers.</translation>
    </message>
    <message>
        <source>Events so far: %1</source>
        <translation>Ereignisse bisher: %1</translation>
    </message>
    <message>
        <source>Connected. Waits for the first event.</source>
        <translation>Verbunden. Wartet auf das erste Ereignis.</translation>
    </message>
    <message>
        <source>No event for %1 s.</source>
        <translation>Seit %1 s kein Ereignis.</translation>
    </message>
    <message>
        <source>No event for %1 s, last comment %2 s ago.</source>
        <translation>Seit %1 s kein Ereignis, letzter Kommentar vor %2 s.</translation>
    </message>
    <message>
        <source>Next attempt in %1 s.</source>
        <translation>Nächster Versuch in %1 s.</translation>
    </message>
    <message>
        <source>On hold. Stop, change the request, and start again.</source>
        <translation>Angehalten. Stoppen, die Anfrage ändern und neu starten.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Gestoppt.</translation>
    </message>
    <message>
        <source>Nothing has been requested yet.</source>
        <translation>Noch wurde nichts angefordert.</translation>
    </message>
    <message>
        <source>%1 · id %2 · %3</source>
        <translation>%1 · ID %2 · %3</translation>
    </message>
    <message>
        <source>Only the beginning is shown.</source>
        <translation>Nur der Anfang wird gezeigt.</translation>
    </message>
    <message>
        <source>No response was accepted yet</source>
        <translation>Noch wurde keine Antwort angenommen</translation>
    </message>
    <message>
        <source>Events: %1. Written to %2</source>
        <translation>Ereignisse: %1. Geschrieben nach %2</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Ended by the server: there are no more events.</source>
        <translation>Vom Server beendet: Es gibt keine weiteren Ereignisse.</translation>
    </message>
    <message>
        <source>Failed, and is not tried again. See the errors.</source>
        <translation>Fehlgeschlagen, ohne neuen Versuch. Siehe Fehler.</translation>
    </message>
    <message>
        <source>Tries again after %1.</source>
        <translation>Neuer Versuch nach %1.</translation>
    </message>
    <message>
        <source>The stream goes on.</source>
        <translation>Der Stream läuft weiter.</translation>
    </message>
    <message>
        <source>Waits for another request.</source>
        <translation>Wartet auf eine andere Anfrage.</translation>
    </message>
    <message>
        <source>Does not try again.</source>
        <translation>Kein neuer Versuch.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Writes the events of the list to a file, one JSON text a line</source>
        <translation>Schreibt die Ereignisse der Liste in eine Datei, je Zeile ein JSON-Text</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Empties the list</source>
        <translation>Leert die Liste</translation>
    </message>
    <message>
        <source>No events yet</source>
        <translation>Noch keine Ereignisse</translation>
    </message>
    <message>
        <source>Start sends the request</source>
        <translation>Start sendet die Anfrage</translation>
    </message>
    <message>
        <source>The selected event</source>
        <translation>Das ausgewählte Ereignis</translation>
    </message>
    <message>
        <source>No errors</source>
        <translation>Keine Fehler</translation>
    </message>
    <message>
        <source>The head of the response</source>
        <translation>Der Kopf der Antwort</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Response head after</source>
        <translation>Antwortkopf nach</translation>
    </message>
    <message>
        <source>First event after</source>
        <translation>Erstes Ereignis nach</translation>
    </message>
    <message>
        <source>of these not JSON</source>
        <translation>davon kein JSON</translation>
    </message>
    <message>
        <source>Shortest gap between events</source>
        <translation>Kürzester Abstand der Ereignisse</translation>
    </message>
    <message>
        <source>Median gap</source>
        <translation>Mittlerer Abstand (Median)</translation>
    </message>
    <message>
        <source>Longest gap</source>
        <translation>Längster Abstand</translation>
    </message>
</context>
<context>
    <name>ExplorerStore</name>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>It has to be one value, such as an object.</source>
        <translation>Es muss genau ein Wert sein, etwa ein Objekt.</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3.</source>
        <translation>Zeile %1, Spalte %2: %3.</translation>
    </message>
</context>
<context>
    <name>FaultDrawer</name>
    <message>
        <source>Faults</source>
        <translation>Störungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Escape closes it, too</source>
        <translation>Auch Esc schließt sie</translation>
    </message>
</context>
<context>
    <name>FaultPanel</name>
    <message>
        <source>Drop connection</source>
        <translation>Verbindung trennen</translation>
    </message>
    <message>
        <source>The connection is cut in the middle of the stream. The library waits for the reconnection time of the server and resumes after the last event.</source>
        <translation>Die Verbindung wird mitten im Stream getrennt. Die Bibliothek wartet so lange, wie der Server es vorgibt, und setzt nach dem letzten Ereignis fort.</translation>
    </message>
    <message>
        <source>Reset connection</source>
        <translation>Verbindung zurücksetzen</translation>
    </message>
    <message>
        <source>The same with a TCP reset, as from a crashed process. It resumes in the same way.</source>
        <translation>Dasselbe mit einem TCP-Reset, wie von einem abgestürzten Prozess. Der Stream wird ebenso fortgesetzt.</translation>
    </message>
    <message>
        <source>Cut a chunk</source>
        <translation>Chunk abschneiden</translation>
    </message>
    <message>
        <source>The response ends inside a chunk. The unfinished event is discarded, so no half data arrives, and the stream resumes.</source>
        <translation>Die Antwort endet innerhalb eines Chunks. Das unfertige Ereignis wird verworfen, es treffen also keine halben Daten ein, und der Stream wird fortgesetzt.</translation>
    </message>
    <message>
        <source>End cleanly</source>
        <translation>Sauber beenden</translation>
    </message>
    <message>
        <source>The response is complete, as before a restart of the server. This is no error; the library connects again.</source>
        <translation>Die Antwort ist vollständig, wie vor einem Neustart des Servers. Das ist kein Fehler; die Bibliothek verbindet sich neu.</translation>
    </message>
    <message>
        <source>Answer 503</source>
        <translation>Mit 503 antworten</translation>
    </message>
    <message>
        <source>The next three attempts get 503 with “Retry-After: 4”. The library waits at least that long each time.</source>
        <translation>Die nächsten drei Versuche erhalten 503 mit „Retry-After: 4“. Die Bibliothek wartet jedes Mal mindestens so lange.</translation>
    </message>
    <message>
        <source>Expire token</source>
        <translation>Token ablaufen lassen</translation>
    </message>
    <message>
        <source>401 until the token is renewed. The library waits for new headers instead of asking again.</source>
        <translation>401, bis der Token erneuert ist. Die Bibliothek wartet auf neue Header, statt erneut anzufragen.</translation>
    </message>
    <message>
        <source>The stream of this page has no token that could expire.</source>
        <translation>Der Stream dieser Seite hat keinen Token, der ablaufen könnte.</translation>
    </message>
    <message>
        <source>Wrong media type</source>
        <translation>Falscher Medientyp</translation>
    </message>
    <message>
        <source>The next attempt gets a web page, as from a login portal. To ask again would not help, so the library waits until something changes: press Reconnect.</source>
        <translation>Der nächste Versuch erhält eine Webseite, wie von einer Anmeldeseite. Erneutes Anfragen würde nicht helfen, daher wartet die Bibliothek auf eine Änderung: „Neu verbinden“ drücken.</translation>
    </message>
    <message>
        <source>Redirect</source>
        <translation>Umleiten</translation>
    </message>
    <message>
        <source>The next attempt is sent to another address (307). The library follows, and the stream resumes there.</source>
        <translation>Der nächste Versuch wird an eine andere Adresse geschickt (307). Die Bibliothek folgt, und der Stream wird dort fortgesetzt.</translation>
    </message>
    <message>
        <source>Late answer</source>
        <translation>Späte Antwort</translation>
    </message>
    <message>
        <source>The next answer takes six seconds. The library waits up to responseTimeout, which is %1 s here.</source>
        <translation>Die nächste Antwort braucht sechs Sekunden. Die Bibliothek wartet höchstens responseTimeout, hier %1 s.</translation>
    </message>
    <message>
        <source>Broken JSON</source>
        <translation>Kaputtes JSON</translation>
    </message>
    <message>
        <source>An event whose data is cut off. It is reported and skipped; the stream stays open.</source>
        <translation>Ein Ereignis, dessen Daten abgeschnitten sind. Es wird gemeldet und übersprungen; der Stream bleibt offen.</translation>
    </message>
    <message>
        <source>Event of 20 MB</source>
        <translation>Ereignis von 20 MB</translation>
    </message>
    <message>
        <source>It is larger than maximumEventSize, so it is skipped before it fills the memory. The stream stays open.</source>
        <translation>Es ist größer als maximumEventSize und wird daher übersprungen, bevor es den Speicher füllt. Der Stream bleibt offen.</translation>
    </message>
    <message>
        <source>Fall silent</source>
        <translation>Verstummen</translation>
    </message>
    <message>
        <source>The connection stays, but nothing comes, not even a heartbeat. After idleTimeout, %1 s here, the library connects anew.</source>
        <translation>Die Verbindung bleibt, aber nichts kommt an, nicht einmal ein Lebenszeichen. Nach idleTimeout, hier %1 s, verbindet sich die Bibliothek neu.</translation>
    </message>
    <message>
        <source>The connection stays, but nothing comes. This page has no idleTimeout, so nothing happens until you reconnect.</source>
        <translation>Die Verbindung bleibt, aber nichts kommt an. Diese Seite hat kein idleTimeout, daher geschieht bis zum Neuverbinden nichts.</translation>
    </message>
    <message>
        <source>Flood</source>
        <translation>Flut</translation>
    </message>
    <message>
        <source>50,000 events a second for five seconds. The library delivers them in slices, so that the window stays responsive.</source>
        <translation>Fünf Sekunden lang 50.000 Ereignisse je Sekunde. Die Bibliothek stellt sie in Portionen zu, sodass das Fenster bedienbar bleibt.</translation>
    </message>
    <message>
        <source>Make the server misbehave</source>
        <translation>Den Server stören</translation>
    </message>
    <message>
        <source>Only the built-in server misbehaves on command. Start the program without --url.</source>
        <translation>Nur der eingebaute Server lässt sich stören. Dazu das Programm ohne --url starten.</translation>
    </message>
    <message>
        <source>The stream %1 is not open.</source>
        <translation>Der Stream %1 ist nicht offen.</translation>
    </message>
    <message>
        <source>Make the server misbehave at %1.</source>
        <translation>Den Server bei %1 stören.</translation>
    </message>
    <message>
        <source>Renew the token</source>
        <translation>Token erneuern</translation>
    </message>
    <message>
        <source>%1 events/s, longest frame %2 ms</source>
        <translation>%1 Ereignisse/s, längstes Bild %2 ms</translation>
    </message>
</context>
<context>
    <name>FaultReport</name>
    <message numerus="yes">
        <source>%1 events so far</source>
        <translation>
            <numerusform>Bisher %1 Ereignis</numerusform>
            <numerusform>Bisher %1 Ereignisse</numerusform>
        </translation>
    </message>
    <message>
        <source>Connected again</source>
        <translation>Wieder verbunden</translation>
    </message>
    <message>
        <source>Caused</source>
        <translation>Ausgelöst</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindet …</translation>
    </message>
    <message>
        <source>Next attempt in %1 s</source>
        <translation>Nächster Versuch in %1 s</translation>
    </message>
    <message>
        <source>Waiting for a change: %1</source>
        <translation>Wartet auf eine Änderung: %1</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Back after %1 s, attempts: %2.</source>
        <translation>Wieder da nach %1 s, Versuche: %2.</translation>
    </message>
    <message>
        <source>Replayed: %1, lost: %2, repeated: %3.</source>
        <translation>Nachgeholt: %1, verloren: %2, doppelt: %3.</translation>
    </message>
    <message>
        <source>The stream is closed: %1</source>
        <translation>Der Stream ist geschlossen: %1</translation>
    </message>
    <message>
        <source>One event was skipped. The stream stayed open, nothing else was lost.</source>
        <translation>Ein Ereignis wurde übersprungen. Der Stream blieb offen, sonst ging nichts verloren.</translation>
    </message>
    <message>
        <source>Event %1 was reported as unreadable. The stream stayed open, nothing else was lost.</source>
        <translation>Ereignis %1 wurde als unlesbar gemeldet. Der Stream blieb offen, sonst ging nichts verloren.</translation>
    </message>
    <message>
        <source>Nothing has happened on this page.</source>
        <translation>Auf dieser Seite ist nichts geschehen.</translation>
    </message>
    <message>
        <source>%1 events in %2 s. The longest frame took %3 ms. Lost: %4.</source>
        <translation>%1 Ereignisse in %2 s. Das längste Bild dauerte %3 ms. Verloren: %4.</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Searching…</source>
        <translation>Sucht …</translation>
    </message>
    <message numerus="yes">
        <source>%1 hits in %2</source>
        <translation>
            <numerusform>%1 Treffer in %2</numerusform>
            <numerusform>%1 Treffer in %2</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation>Suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Return finds the next hit</source>
        <translation>Eingabe findet den nächsten Treffer</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Goes to the hit before (Shift+F3)</source>
        <translation>Geht zum vorigen Treffer (Umschalt+F3)</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Goes to the next hit (F3)</source>
        <translation>Geht zum nächsten Treffer (F3)</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Only hits</source>
        <translation>Nur Treffer</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Shows what has arrived meanwhile</source>
        <translation>Zeigt, was inzwischen eingetroffen ist</translation>
    </message>
    <message>
        <source>Holds the list; the stream continues</source>
        <translation>Hält die Liste an; der Stream läuft weiter</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Empties the list</source>
        <translation>Leert die Liste</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copies the selected lines (Ctrl+C in the list)</source>
        <translation>Kopiert die ausgewählten Zeilen (Strg+C in der Liste)</translation>
    </message>
    <message>
        <source>Types of lines</source>
        <translation>Typen der Zeilen</translation>
    </message>
    <message>
        <source>%1k</source>
        <translation>%1k</translation>
    </message>
    <message numerus="yes">
        <source>%1 lines</source>
        <translation>
            <numerusform>%1 Zeile</numerusform>
            <numerusform>%1 Zeilen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FleetPage</name>
    <message>
        <source>Part of a name</source>
        <translation>Teil eines Namens</translation>
    </message>
    <message>
        <source>Shows all states</source>
        <translation>Zeigt alle Zustände</translation>
    </message>
    <message>
        <source>Shows this state only</source>
        <translation>Zeigt nur diesen Zustand</translation>
    </message>
    <message>
        <source>5,000/s</source>
        <translation>5.000/s</translation>
    </message>
    <message>
        <source>%1 of %2 hosts · %3 events/s</source>
        <translation>%1 von %2 Hosts · %3 Ereignisse/s</translation>
    </message>
    <message>
        <source>Asks for 50 updates a second again, for all clients of the server</source>
        <translation>Verlangt wieder 50 Aktualisierungen je Sekunde, für alle Clients des Servers</translation>
    </message>
    <message>
        <source>Asks for 5,000 updates a second, for all clients of the server</source>
        <translation>Verlangt 5.000 Aktualisierungen je Sekunde, für alle Clients des Servers</translation>
    </message>
    <message>
        <source>No hosts yet</source>
        <translation>Noch keine Hosts</translation>
    </message>
    <message>
        <source>No hosts yet. A host is an event of the type “host” whose data has a “name”.</source>
        <translation>Noch keine Hosts. Ein Host ist ein Ereignis vom Typ „host“, dessen Daten einen „name“ haben.</translation>
    </message>
</context>
<context>
    <name>FleetView</name>
    <message>
        <source>Deployment</source>
        <translation>Deployment</translation>
    </message>
    <message>
        <source>%1 %2 deployed</source>
        <translation>%1 %2 ausgerollt</translation>
    </message>
    <message>
        <source>%1 %2 failed</source>
        <translation>%1 %2 fehlgeschlagen</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>%1 is back to normal</source>
        <translation>%1 ist wieder normal</translation>
    </message>
    <message>
        <source>High load on %1</source>
        <translation>Hohe Last auf %1</translation>
    </message>
    <message>
        <source>processor at %1 %</source>
        <translation>Prozessor bei %1 %</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>No host has reported yet</source>
        <translation>Noch hat sich kein Host gemeldet</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Raw events</source>
        <translation>Rohdaten</translation>
    </message>
    <message>
        <source>The selected event</source>
        <translation>Das ausgewählte Ereignis</translation>
    </message>
</context>
<context>
    <name>HeaderEditor</name>
    <message>
        <source>A header needs a name.</source>
        <translation>Ein Header braucht einen Namen.</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of a header.</source>
        <translation>„%1“ kann nicht der Name eines Headers sein.</translation>
    </message>
    <message>
        <source>The value of %1 has a control character.</source>
        <translation>Der Wert von %1 enthält ein Steuerzeichen.</translation>
    </message>
    <message>
        <source>%1 is there twice.</source>
        <translation>%1 ist doppelt vorhanden.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of header %1</source>
        <translation>Name des Headers %1</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Value of header %1</source>
        <translation>Wert des Headers %1</translation>
    </message>
    <message>
        <source>Removes this header</source>
        <translation>Entfernt diesen Header</translation>
    </message>
    <message>
        <source>Remove header %1</source>
        <translation>Header %1 entfernen</translation>
    </message>
    <message>
        <source>Add header</source>
        <translation>Header hinzufügen</translation>
    </message>
</context>
<context>
    <name>HistoryStrip</name>
    <message>
        <source>The connection in the last three minutes</source>
        <translation>Die Verbindung in den letzten drei Minuten</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
</context>
<context>
    <name>HostDetails</name>
    <message>
        <source>No host is selected</source>
        <translation>Kein Host ist ausgewählt</translation>
    </message>
    <message>
        <source>Ends the selection (Escape)</source>
        <translation>Hebt die Auswahl auf (Esc)</translation>
    </message>
    <message>
        <source>End the selection</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message>
        <source>This host has been removed. These are its last values.</source>
        <translation>Dieser Host wurde entfernt. Das sind seine letzten Werte.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Uptime</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CPU, the last three minutes</source>
        <translation>CPU, die letzten drei Minuten</translation>
    </message>
    <message>
        <source>A selected host keeps its place in the list while others move around it.</source>
        <translation>Ein ausgewählter Host behält seinen Platz in der Liste, während sich andere um ihn bewegen.</translation>
    </message>
</context>
<context>
    <name>HostRow</name>
    <message>
        <source>%1 · CPU %2 % · memory %3 %</source>
        <translation>%1 · CPU %2 % · Speicher %3 %</translation>
    </message>
</context>
<context>
    <name>HostTable</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Uptime</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 T</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Sorts by this column</source>
        <translation>Sortiert nach dieser Spalte</translation>
    </message>
    <message>
        <source>Sorted, the largest first</source>
        <translation>Sortiert, das Größte zuerst</translation>
    </message>
    <message>
        <source>Sorted, the smallest first</source>
        <translation>Sortiert, das Kleinste zuerst</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Hosts</translation>
    </message>
    <message>
        <source>No host matches the filter</source>
        <translation>Kein Host passt zum Filter</translation>
    </message>
    <message>
        <source>Sorting waits while the pointer is over the rows</source>
        <translation>Solange der Zeiger über den Zeilen steht, wird nicht sortiert</translation>
    </message>
    <message>
        <source>Sorted four times a second</source>
        <translation>Viermal je Sekunde sortiert</translation>
    </message>
</context>
<context>
    <name>HostTile</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1, %2: processor %3, memory %4, %5 requests per second, %6</source>
        <translation>%1, %2: Prozessor %3, Speicher %4, %5 Anfragen je Sekunde, %6</translation>
    </message>
    <message>
        <source>%1 s old</source>
        <translation>%1 s alt</translation>
    </message>
    <message>
        <source>High load</source>
        <translation>Hohe Last</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Processor load of %1</source>
        <translation>Prozessorlast von %1</translation>
    </message>
    <message>
        <source>Memory %1</source>
        <translation>Speicher %1</translation>
    </message>
    <message>
        <source>– req/s</source>
        <translation>– Anfr./s</translation>
    </message>
    <message>
        <source>%1 req/s</source>
        <translation>%1 Anfr./s</translation>
    </message>
    <message>
        <source>Memory use of %1</source>
        <translation>Speicherbelegung von %1</translation>
    </message>
    <message>
        <source>Requests of %1</source>
        <translation>Anfragen von %1</translation>
    </message>
</context>
<context>
    <name>LineDetails</name>
    <message>
        <source>Line %1 · %2</source>
        <translation>Zeile %1 · %2</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copies the line&apos;s data</source>
        <translation>Kopiert die Daten der Zeile</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>No longer in the list</source>
        <translation>Nicht mehr in der Liste</translation>
    </message>
    <message>
        <source>Select a line to see all of it.</source>
        <translation>Eine Zeile auswählen, um sie ganz zu sehen.</translation>
    </message>
    <message>
        <source>The line&apos;s data</source>
        <translation>Die Daten der Zeile</translation>
    </message>
</context>
<context>
    <name>LogLines</name>
    <message>
        <source>other</source>
        <translation>andere</translation>
    </message>
</context>
<context>
    <name>LogPage</name>
    <message>
        <source>1 line copied</source>
        <translation>1 Zeile kopiert</translation>
    </message>
    <message numerus="yes">
        <source>%1 lines copied</source>
        <translation>
            <numerusform>%1 Zeile kopiert</numerusform>
            <numerusform>%1 Zeilen kopiert</numerusform>
        </translation>
    </message>
    <message>
        <source>The line&apos;s data copied</source>
        <translation>Die Daten der Zeile sind kopiert</translation>
    </message>
    <message>
        <source>Paused: the stream continues, the list does not.</source>
        <translation>Pausiert: Der Stream läuft weiter, die Liste nicht.</translation>
    </message>
    <message>
        <source>Renew the token</source>
        <translation>Token erneuern</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>No line matches the filter</source>
        <translation>Keine Zeile passt zum Filter</translation>
    </message>
    <message>
        <source>No lines yet</source>
        <translation>Noch keine Zeilen</translation>
    </message>
    <message>
        <source>1 new line</source>
        <translation>1 neue Zeile</translation>
    </message>
    <message numerus="yes">
        <source>%1 new lines</source>
        <translation>
            <numerusform>%1 neue Zeile</numerusform>
            <numerusform>%1 neue Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Goes to the newest line</source>
        <translation>Geht zur neuesten Zeile</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>Flotte</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Explorer</source>
        <translation>Explorer</translation>
    </message>
    <message>
        <source>EventSource dashboard</source>
        <translation>EventSource-Dashboard</translation>
    </message>
</context>
<context>
    <name>MessageBubble</name>
    <message>
        <source>Trying again in %1 s</source>
        <translation>Neuer Versuch in %1 s</translation>
    </message>
    <message>
        <source>Waiting for the first token…</source>
        <translation>Wartet auf das erste Token …</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>Sie: %1</translation>
    </message>
    <message>
        <source>The answer is being written</source>
        <translation>Die Antwort wird geschrieben</translation>
    </message>
    <message>
        <source>Answer: %1</source>
        <translation>Antwort: %1</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copies the answer</source>
        <translation>Kopiert die Antwort</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Noch einmal fragen</translation>
    </message>
    <message>
        <source>Sends the question once more</source>
        <translation>Sendet die Frage noch einmal</translation>
    </message>
    <message>
        <source>The question waits. Write another token above, and it is sent again.</source>
        <translation>Die Frage wartet. Oben einen anderen Token eingeben, dann wird sie noch einmal gesendet.</translation>
    </message>
    <message>
        <source>Copies the question</source>
        <translation>Kopiert die Frage</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>↓ New text</source>
        <translation>↓ Neuer Text</translation>
    </message>
    <message>
        <source>Scrolls to the end and stays there</source>
        <translation>Rollt ans Ende und bleibt dort</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>Watch your own stream: https://example.com/events</source>
        <translation>Eigener Stream: https://example.com/events</translation>
    </message>
    <message>
        <source>Watch your own stream: its address</source>
        <translation>Eigener Stream: seine Adresse</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Back to the demo</source>
        <translation>Zurück zur Demo</translation>
    </message>
    <message>
        <source>Renew the token</source>
        <translation>Token erneuern</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Opens the connection</source>
        <translation>Öffnet die Verbindung</translation>
    </message>
    <message>
        <source>Closes the connection</source>
        <translation>Schließt die Verbindung</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>Neu verbinden</translation>
    </message>
    <message>
        <source>Reconnect now</source>
        <translation>Jetzt neu verbinden</translation>
    </message>
    <message>
        <source>Opens a new connection now and resumes after the last event</source>
        <translation>Öffnet jetzt eine neue Verbindung und setzt nach dem letzten Ereignis fort</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Störungen</translation>
    </message>
    <message>
        <source>Hides the faults of the server</source>
        <translation>Blendet die Störungen des Servers aus</translation>
    </message>
    <message>
        <source>Shows what can go wrong, and causes it</source>
        <translation>Zeigt, was schiefgehen kann, und löst es aus</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Changes to light colours</source>
        <translation>Wechselt zu hellen Farben</translation>
    </message>
    <message>
        <source>Changes to dark colours</source>
        <translation>Wechselt zu dunklen Farben</translation>
    </message>
</context>
<context>
    <name>RequestForm</name>
    <message>
        <source>Enter the address of a stream.</source>
        <translation>Die Adresse eines Streams eingeben.</translation>
    </message>
    <message>
        <source>The address has to begin with http:// or https://.</source>
        <translation>Die Adresse muss mit http:// oder https:// beginnen.</translation>
    </message>
    <message>
        <source>The address has a space in it.</source>
        <translation>Die Adresse enthält ein Leerzeichen.</translation>
    </message>
    <message>
        <source>The host or the port of the address is wrong.</source>
        <translation>Host oder Port der Adresse sind falsch.</translation>
    </message>
    <message>
        <source>The body is not JSON. %1</source>
        <translation>Der Body ist kein JSON. %1</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Recent address %1</source>
        <translation>Frühere Adresse %1</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Removes the recent addresses</source>
        <translation>Entfernt die früheren Adressen</translation>
    </message>
    <message>
        <source>Forget the recent addresses</source>
        <translation>Frühere Adressen vergessen</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Method %1</source>
        <translation>Methode %1</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Body</translation>
    </message>
    <message>
        <source>The body is JSON</source>
        <translation>Der Body ist JSON</translation>
    </message>
    <message>
        <source>Take the data as text, not as JSON</source>
        <translation>Daten als Text lesen, nicht als JSON</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>Weniger Einstellungen</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>Mehr Einstellungen</translation>
    </message>
    <message>
        <source>Reconnecting, timeouts and certificates</source>
        <translation>Neuverbinden, Zeitgrenzen und Zertifikate</translation>
    </message>
    <message>
        <source>Connect again when the stream breaks</source>
        <translation>Nach einem Abbruch neu verbinden</translation>
    </message>
    <message>
        <source>Also after 408, 425, 429 and 5xx</source>
        <translation>Auch nach 408, 425, 429 und 5xx</translation>
    </message>
    <message>
        <source>First delay, s</source>
        <translation>Erste Pause, s</translation>
    </message>
    <message>
        <source>Longest delay, s</source>
        <translation>Längste Pause, s</translation>
    </message>
    <message>
        <source>Connect within, s</source>
        <translation>Verbinden binnen, s</translation>
    </message>
    <message>
        <source>Response within, s</source>
        <translation>Antwort binnen, s</translation>
    </message>
    <message>
        <source>Longest silence, s</source>
        <translation>Längste Stille, s</translation>
    </message>
    <message>
        <source>0: no limit</source>
        <translation>0: keine Grenze</translation>
    </message>
    <message>
        <source>File with further trusted certificates (PEM)</source>
        <translation>Datei mit weiteren vertrauten Zertifikaten (PEM)</translation>
    </message>
    <message>
        <source>A recent address. User, password, query and fragment are not stored</source>
        <translation>Eine frühere Adresse. Benutzer, Passwort, Query und Fragment werden nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>ShellPage</name>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>This stream is not the built-in server&apos;s, which alone misbehaves on command.</source>
        <translation>Dieser Stream stammt nicht vom eingebauten Server, und nur der lässt sich stören.</translation>
    </message>
</context>
<context>
    <name>SnippetButtons</name>
    <message>
        <source>Copy as</source>
        <translation>Kopieren als</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copies the request as %1. Secrets become placeholders.</source>
        <translation>Kopiert die Anfrage als %1. Geheimnisse werden durch Platzhalter ersetzt.</translation>
    </message>
    <message>
        <source>Copy as %1</source>
        <translation>Kopieren als %1</translation>
    </message>
</context>
<context>
    <name>StreamHealth</name>
    <message>
        <source>Open for %1 of the last %2 s, interruptions: %3</source>
        <translation>%1 der letzten %2 s offen, Unterbrechungen: %3</translation>
    </message>
</context>
<context>
    <name>StreamState</name>
    <message>
        <source>, from event %1 on</source>
        <translation>, ab Ereignis %1</translation>
    </message>
    <message>
        <source>Next attempt in %1 s%2.</source>
        <translation>Nächster Versuch in %1 s%2.</translation>
    </message>
    <message>
        <source>Trying again now%1.</source>
        <translation>Neuer Versuch läuft%1.</translation>
    </message>
    <message>
        <source>It connects as soon as the address is right.</source>
        <translation>Sobald die Adresse stimmt, wird verbunden.</translation>
    </message>
    <message>
        <source>Nothing is sent until there is a new token.</source>
        <translation>Bis es einen neuen Token gibt, wird nichts gesendet.</translation>
    </message>
    <message>
        <source>It tries again when the address or the network has changed.</source>
        <translation>Ein neuer Versuch folgt, wenn sich Adresse oder Netz geändert haben.</translation>
    </message>
    <message>
        <source>It needs an address.</source>
        <translation>Eine Adresse fehlt.</translation>
    </message>
    <message>
        <source>It does not try again by itself: press Start.</source>
        <translation>Von selbst folgt kein neuer Versuch: „Start“ drücken.</translation>
    </message>
    <message>
        <source>Start connects%1.</source>
        <translation>„Start“ verbindet%1.</translation>
    </message>
    <message>
        <source>None was lost or repeated.</source>
        <translation>Keines ging verloren, keines kam doppelt.</translation>
    </message>
    <message>
        <source>Lost: %1, repeated: %2.</source>
        <translation>Verloren: %1, doppelt: %2.</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>No connection is open, nothing is requested.</source>
        <translation>Keine Verbindung ist offen, nichts wird angefordert.</translation>
    </message>
    <message>
        <source>By you</source>
        <translation>Von Ihnen</translation>
    </message>
    <message>
        <source>The server has fallen silent</source>
        <translation>Der Server ist verstummt</translation>
    </message>
    <message>
        <source>The server does not answer</source>
        <translation>Der Server antwortet nicht</translation>
    </message>
    <message>
        <source>The server wants a new access token (401)</source>
        <translation>Der Server verlangt einen neuen Token (401)</translation>
    </message>
    <message>
        <source>The server is not available (503)</source>
        <translation>Der Server ist nicht verfügbar (503)</translation>
    </message>
    <message>
        <source>The server refused the request (%1)</source>
        <translation>Der Server hat die Anfrage abgelehnt (%1)</translation>
    </message>
    <message>
        <source>This address has no event stream</source>
        <translation>Unter dieser Adresse gibt es keinen Ereignisstrom</translation>
    </message>
    <message>
        <source>The server&apos;s identity could not be verified</source>
        <translation>Die Identität des Servers konnte nicht geprüft werden</translation>
    </message>
    <message>
        <source>The server&apos;s redirect is not safe to follow</source>
        <translation>Der Umleitung des Servers zu folgen ist nicht sicher</translation>
    </message>
    <message>
        <source>This is not the address of a stream</source>
        <translation>Das ist nicht die Adresse eines Streams</translation>
    </message>
    <message>
        <source>The request is not valid</source>
        <translation>Die Anfrage ist ungültig</translation>
    </message>
    <message>
        <source>An event was too large and was skipped</source>
        <translation>Ein zu großes Ereignis wurde übersprungen</translation>
    </message>
    <message>
        <source>The response could not be decompressed</source>
        <translation>Die Antwort ließ sich nicht entpacken</translation>
    </message>
    <message>
        <source>The response ended too early</source>
        <translation>Die Antwort endete zu früh</translation>
    </message>
    <message>
        <source>The connection was lost</source>
        <translation>Die Verbindung ist abgebrochen</translation>
    </message>
    <message>
        <source>The server cannot be reached</source>
        <translation>Der Server ist nicht erreichbar</translation>
    </message>
    <message>
        <source>It says: “%1”</source>
        <translation>Er meldet: „%1“</translation>
    </message>
    <message>
        <source>It broke in the middle of the stream.</source>
        <translation>Sie brach mitten im Stream ab.</translation>
    </message>
    <message>
        <source>Nothing has come for %1 s, not even a heartbeat.</source>
        <translation>Seit %1 s kam nichts, nicht einmal ein Lebenszeichen.</translation>
    </message>
    <message>
        <source>An address begins with http:// or https:// and names a server.</source>
        <translation>Eine Adresse beginnt mit http:// oder https:// und nennt einen Server.</translation>
    </message>
    <message>
        <source>Connected again</source>
        <translation>Wieder verbunden</translation>
    </message>
    <message>
        <source>Events from the meantime that were replayed: %1. %2</source>
        <translation>Nachgeholte Ereignisse aus der Zwischenzeit: %1. %2</translation>
    </message>
    <message>
        <source>After event %1</source>
        <translation>Nach Ereignis %1</translation>
    </message>
    <message>
        <source>An event could not be read</source>
        <translation>Ein Ereignis war nicht lesbar</translation>
    </message>
    <message>
        <source>Event %1 of type “%2”: %3</source>
        <translation>Ereignis %1 vom Typ „%2“: %3</translation>
    </message>
    <message>
        <source>It was skipped. The stream continues.</source>
        <translation>Es wurde übersprungen. Der Stream läuft weiter.</translation>
    </message>
    <message>
        <source>Unreadable event %1</source>
        <translation>Unlesbares Ereignis %1</translation>
    </message>
    <message>
        <source>The stream continues.</source>
        <translation>Der Stream läuft weiter.</translation>
    </message>
    <message>
        <source>The stream has ended</source>
        <translation>Der Stream ist zu Ende</translation>
    </message>
    <message>
        <source>The server has no more events.</source>
        <translation>Der Server hat keine weiteren Ereignisse.</translation>
    </message>
    <message>
        <source>The server closed the stream</source>
        <translation>Der Server hat den Stream geschlossen</translation>
    </message>
    <message>
        <source>It was a clean end.</source>
        <translation>Es war ein sauberes Ende.</translation>
    </message>
    <message>
        <source>Quiet for %1 s</source>
        <translation>Still seit %1 s</translation>
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
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Not even a heartbeat has come. After %1 s of silence it will connect anew.</source>
        <translation>Nicht einmal ein Lebenszeichen kam. Nach %1 s Stille wird neu verbunden.</translation>
    </message>
    <message>
        <source>Events arrive as the server sends them. %1</source>
        <translation>Ereignisse treffen ein, wie der Server sie sendet. %1</translation>
    </message>
    <message>
        <source>Events arrive as the server sends them.</source>
        <translation>Ereignisse treffen ein, wie der Server sie sendet.</translation>
    </message>
    <message>
        <source>The request is on its way to %1.</source>
        <translation>Die Anfrage ist unterwegs zu %1.</translation>
    </message>
    <message>
        <source>The listener is lazy: nothing is requested until you press Start.</source>
        <translation>Der Listener ist „lazy“: Vor „Start“ wird nichts angefordert.</translation>
    </message>
    <message>
        <source>The ids jump from %1 to %2.</source>
        <translation>Die IDs springen von %1 auf %2.</translation>
    </message>
    <message numerus="yes">
        <source>Connected again, but %1 events are missing</source>
        <translation>
            <numerusform>Wieder verbunden, aber %1 Ereignis fehlt</numerusform>
            <numerusform>Wieder verbunden, aber %1 Ereignisse fehlen</numerusform>
        </translation>
    </message>
    <message>
        <source>The server keeps its last 3000 events, and the outage was longer. %1</source>
        <translation>Der Server behält seine letzten 3000 Ereignisse, und der Ausfall war länger. %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 events may be missing</source>
        <translation>
            <numerusform>%1 Ereignis fehlt vielleicht</numerusform>
            <numerusform>%1 Ereignisse fehlen vielleicht</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 The server has skipped numbers, or it did not keep these events.</source>
        <translation>%1 Der Server hat Nummern übersprungen oder diese Ereignisse nicht behalten.</translation>
    </message>
    <message>
        <source>Missing events: %1</source>
        <translation>Fehlende Ereignisse: %1</translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>The embedded server plays a language model. Its answers come token by token, as server-sent events.</source>
        <translation>Der eingebaute Server spielt ein Sprachmodell. Seine Antworten kommen Token für Token, als Server-Sent Events.</translation>
    </message>
    <message>
        <source>The answers come token by token, as server-sent events.</source>
        <translation>Die Antworten kommen Token für Token, als Server-Sent Events.</translation>
    </message>
    <message>
        <source>There is no server to chat with. Start the program with --chat-url URL.</source>
        <translation>Es gibt keinen Server für den Chat. Das Programm mit --chat-url URL starten.</translation>
    </message>
    <message>
        <source>These show what can go wrong:</source>
        <translation>Diese zeigen, was schiefgehen kann:</translation>
    </message>
</context>
<context>
    <name>TimeChart</name>
    <message>
        <source>replayed</source>
        <translation>nachgeholt</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
</context>
</TS>
