// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include <EventSource/EventSourceListener>
#include <QtWidgets>

// The load of some computers, as a stream reports it.
class LoadWindow : public QWidget
{
public:
    explicit LoadWindow(const QUrl &url)
    {
        auto layout = new QVBoxLayout(this);
        layout->addWidget(m_status);
        layout->addWidget(m_events);
        layout->addWidget(m_error);
        m_error->setTextFormat(Qt::PlainText); // what a server says is no markup
        m_error->setWordWrap(true);

        m_listener.setEventTypes({"metrics"});
        connect(&m_listener, &EventSourceListener::statusChanged, this,
                [this] { m_status->setText(QVariant::fromValue(m_listener.status()).toString()); });
        connect(&m_listener, &EventSourceListener::message, this,
                [this](const EventSourceEvent &event) {
                    const QJsonValue data = event.data();
                    const QString host = data["host"].toString();
                    m_events->insertItem(0,
                                         QString("%1: %2 %").arg(host).arg(data["cpu"].toDouble()));
                    delete m_events->takeItem(100);
                });
        connect(&m_listener, &EventSourceListener::opened, m_error, &QLabel::clear);
        connect(&m_listener, &EventSourceListener::error, this,
                [this](const EventSourceError &error) { m_error->setText(error.message()); });
        m_listener.setUrl(url);
    }

private:
    QLabel *m_status = new QLabel("Closed");
    QListWidget *m_events = new QListWidget;
    QLabel *m_error = new QLabel;
    EventSourceListener m_listener;
};

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    LoadWindow window(QUrl(app.arguments().value(1, "http://127.0.0.1:8080/stream")));
    window.show();
    return app.exec();
}
