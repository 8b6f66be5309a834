### My reports of violations.

reports-title = My reports
reports-empty = No reports yet. The numbers of those you send will be here.
reports-waiting = Waiting for the network
reports-stored = Sent
reports-delivered = Delivered to the authorised body
reports-refused = Not accepted
reports-title-waiting = The report waits for the network
reports-title-stored = The report is sent
reports-title-delivered = The report is delivered
reports-title-refused = The report was not accepted
reports-refused-why = The authorised body could not open this report. Update the app, write the report anew and send it.
reports-ticket = Number of the report
reports-ticket-help = By this number you can learn what became of the report. It is kept on this phone only.
reports-copy = Copy
reports-copied = Copied
reports-progress = Way of the report
reports-stop-sealed = Encrypted on the phone
reports-stop-stored = Sent to the server
reports-stop-done = – done
reports-stop-open = – not yet
reports-unknown = Report not found
reports-unknown-help = This phone has no report of this number.
