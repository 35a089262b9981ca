// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// An application that happens to call its own things what the library calls, or once called, its
// private ones. Linked statically, the linker must not take one for the other. All members are
// defined outside of their classes: only then are they strong symbols.

#include "eventserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceEvent>
#include <EventSource/EventSourceJson>
#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceReconnectPolicy>

#include <QtCore/qbytearrayview.h>
#include <QtCore/qcoreapplication.h>
#include <QtCore/qdeadlinetimer.h>
#include <QtCore/qfuture.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qloggingcategory.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtQml/qjsengine.h>
#include <QtQml/qjsvalue.h>

#include <chrono>
#include <functional>
#include <memory>

// The library calls its own functions and none of these.
#define IS_THE_APPLICATIONS qFatal("the library has called %s of the application", Q_FUNC_INFO)

// These write nothing, so a message of the library that goes to them is missed.
Q_LOGGING_CATEGORY(lcEventSource, "application", QtFatalMsg)
Q_LOGGING_CATEGORY(lcNetwork, "application.network", QtFatalMsg)

QString displayUrl(const QUrl &)
{
    IS_THE_APPLICATIONS;
}

class StreamParser
{
public:
    enum class Token { NeedInput };

    StreamParser();
    ~StreamParser();
    void setMaximumEventSize(qsizetype bytes);
    void reset(const QByteArray &lastEventId);
    void setLastEventId(const QByteArray &id);
    void setInput(QByteArrayView input);
    Token next();
    QByteArray type() const;
    QByteArray data() const;
    QByteArrayView rawData() const;
    QByteArray comment() const;
    QByteArray lastEventId() const;
    static QByteArray toWellFormedUtf8(QByteArrayView bytes);
};

// clang-format off
StreamParser::StreamParser() { IS_THE_APPLICATIONS; }
StreamParser::~StreamParser() { IS_THE_APPLICATIONS; }
void StreamParser::setMaximumEventSize(qsizetype) { IS_THE_APPLICATIONS; }
void StreamParser::reset(const QByteArray &) { IS_THE_APPLICATIONS; }
void StreamParser::setLastEventId(const QByteArray &) { IS_THE_APPLICATIONS; }
void StreamParser::setInput(QByteArrayView) { IS_THE_APPLICATIONS; }
StreamParser::Token StreamParser::next() { IS_THE_APPLICATIONS; }
QByteArray StreamParser::type() const { IS_THE_APPLICATIONS; }
QByteArray StreamParser::data() const { IS_THE_APPLICATIONS; }
QByteArrayView StreamParser::rawData() const { IS_THE_APPLICATIONS; }
QByteArray StreamParser::comment() const { IS_THE_APPLICATIONS; }
QByteArray StreamParser::lastEventId() const { IS_THE_APPLICATIONS; }
QByteArray StreamParser::toWellFormedUtf8(QByteArrayView) { IS_THE_APPLICATIONS; }
// clang-format on

class NetworkPool : public QObject
{
    Q_OBJECT

public:
    using Factory = std::function<QNetworkAccessManager *(QObject *parent)>;

    class Lease
    {
    public:
        Lease(NetworkPool *pool, QNetworkAccessManager *manager, const QString &host);
        ~Lease();
        QNetworkAccessManager *manager() const;
        void retire();
        void lacksHttp2();
    };

    static std::shared_ptr<NetworkPool> shared(const void *key, const Factory &factory);
    explicit NetworkPool(Factory factory, std::chrono::milliseconds shrinkDelay);
    ~NetworkPool() override;
    std::unique_ptr<Lease> acquire(const QUrl &url, bool http2);

Q_SIGNALS:
    void placesReduced(const QString &host);
};

// clang-format off
NetworkPool::Lease::Lease(NetworkPool *, QNetworkAccessManager *, const QString &)
{ IS_THE_APPLICATIONS; }
NetworkPool::Lease::~Lease() { IS_THE_APPLICATIONS; }
QNetworkAccessManager *NetworkPool::Lease::manager() const { IS_THE_APPLICATIONS; }
void NetworkPool::Lease::retire() { IS_THE_APPLICATIONS; }
void NetworkPool::Lease::lacksHttp2() { IS_THE_APPLICATIONS; }
std::shared_ptr<NetworkPool> NetworkPool::shared(const void *, const Factory &)
{ IS_THE_APPLICATIONS; }
NetworkPool::NetworkPool(Factory, std::chrono::milliseconds) { IS_THE_APPLICATIONS; }
NetworkPool::~NetworkPool() { IS_THE_APPLICATIONS; }
std::unique_ptr<NetworkPool::Lease> NetworkPool::acquire(const QUrl &, bool)
{ IS_THE_APPLICATIONS; }
// clang-format on

struct StreamRequest
{
    QUrl url;
};

class StreamConnection : public QObject
{
    Q_OBJECT

public:
    explicit StreamConnection(std::shared_ptr<NetworkPool> pool);
    ~StreamConnection() override;
    void open(const StreamRequest &request);
    QString origin() const;
    qint64 read(char *data, qint64 size);

Q_SIGNALS:
    void progressed();
    void readyRead();
};

// clang-format off
StreamConnection::StreamConnection(std::shared_ptr<NetworkPool>) { IS_THE_APPLICATIONS; }
StreamConnection::~StreamConnection() { IS_THE_APPLICATIONS; }
void StreamConnection::open(const StreamRequest &) { IS_THE_APPLICATIONS; }
QString StreamConnection::origin() const { IS_THE_APPLICATIONS; }
qint64 StreamConnection::read(char *, qint64) { IS_THE_APPLICATIONS; }
// clang-format on

class Reachability : public QObject
{
    Q_OBJECT

public:
    explicit Reachability(QObject *parent);
    static Reachability *instance();
    static Reachability *existing();
    void setOnline(bool online);
    bool isInReach(const QUrl &url) const;

Q_SIGNALS:
    void onlineChanged();
};

// clang-format off
Reachability::Reachability(QObject *) { IS_THE_APPLICATIONS; }
Reachability *Reachability::instance() { IS_THE_APPLICATIONS; }
Reachability *Reachability::existing() { IS_THE_APPLICATIONS; }
void Reachability::setOnline(bool) { IS_THE_APPLICATIONS; }
bool Reachability::isInReach(const QUrl &) const { IS_THE_APPLICATIONS; }
// clang-format on

class DeliveryScheduler : public QObject
{
public:
    class Client;

    static DeliveryScheduler &instance();
    void schedule(Client *client);
    void deliver(Client *client);
    void remove(Client *client);

protected:
    bool event(QEvent *event) override;
};

// clang-format off
DeliveryScheduler &DeliveryScheduler::instance() { IS_THE_APPLICATIONS; }
void DeliveryScheduler::schedule(Client *) { IS_THE_APPLICATIONS; }
void DeliveryScheduler::deliver(Client *) { IS_THE_APPLICATIONS; }
void DeliveryScheduler::remove(Client *) { IS_THE_APPLICATIONS; }
bool DeliveryScheduler::event(QEvent *) { IS_THE_APPLICATIONS; }
// clang-format on

struct ReconnectSettings
{
    int initialDelay = 0;
};

class ReconnectPolicy
{
public:
    explicit ReconnectPolicy(std::function<double()> random);
    void setServerRetry(int milliseconds);
    void reset();
    bool isExhausted(const ReconnectSettings &settings) const;
    int nextDelay(const ReconnectSettings &settings, int minimum) const;
};

// clang-format off
ReconnectPolicy::ReconnectPolicy(std::function<double()>) { IS_THE_APPLICATIONS; }
void ReconnectPolicy::setServerRetry(int) { IS_THE_APPLICATIONS; }
void ReconnectPolicy::reset() { IS_THE_APPLICATIONS; }
bool ReconnectPolicy::isExhausted(const ReconnectSettings &) const { IS_THE_APPLICATIONS; }
int ReconnectPolicy::nextDelay(const ReconnectSettings &, int) const { IS_THE_APPLICATIONS; }
// clang-format on

struct DecodedJson
{
    QJsonValue value;
};

class JsonOutline
{
public:
    bool read(QByteArrayView text);
};

class ScriptContext
{
public:
    explicit ScriptContext(QJSEngine *engine);
    QJSValue parse(const QByteArray &text);
};

// clang-format off
DecodedJson decodeJson(const QByteArray &) { IS_THE_APPLICATIONS; }
DecodedJson checkJson(const QByteArray &) { IS_THE_APPLICATIONS; }
QFuture<DecodedJson> elsewhere(DecodedJson (*)(const QByteArray &), const QByteArray &)
{ IS_THE_APPLICATIONS; }
bool isPlainJson(QByteArrayView) { IS_THE_APPLICATIONS; }
bool JsonOutline::read(QByteArrayView) { IS_THE_APPLICATIONS; }
ScriptContext::ScriptContext(QJSEngine *) { IS_THE_APPLICATIONS; }
QJSValue ScriptContext::parse(const QByteArray &) { IS_THE_APPLICATIONS; }
// clang-format on

class EventSourceEventPrivate
{
public:
    ~EventSourceEventPrivate();
    static EventSourceEvent wrap(EventSourceEventPrivate *d);
    QJsonValue json() const;
    QVariant variant();
};

class EventSourceReconnectPolicyPrivate
{
public:
    EventSourceReconnectPolicyPrivate();
    ~EventSourceReconnectPolicyPrivate();
};

class EventSourceListenerPrivate
{
public:
    explicit EventSourceListenerPrivate(EventSourceListener *listener);
    virtual ~EventSourceListenerPrivate();
    void complete();
    void start();
    void stop();
    void restart();
    void wakeUp();
    void changeUrl(const QUrl &url);
    void requestChanged();
    void setLastEventId(const QByteArray &id);
    void notify();
    void warn(const QString &message) const;
    virtual bool deliver(const QDeadlineTimer &deadline);
};

// clang-format off
EventSourceEventPrivate::~EventSourceEventPrivate() { IS_THE_APPLICATIONS; }
EventSourceEvent EventSourceEventPrivate::wrap(EventSourceEventPrivate *) { IS_THE_APPLICATIONS; }
QJsonValue EventSourceEventPrivate::json() const { IS_THE_APPLICATIONS; }
QVariant EventSourceEventPrivate::variant() { IS_THE_APPLICATIONS; }
EventSourceReconnectPolicyPrivate::EventSourceReconnectPolicyPrivate() { IS_THE_APPLICATIONS; }
EventSourceReconnectPolicyPrivate::~EventSourceReconnectPolicyPrivate() { IS_THE_APPLICATIONS; }
EventSourceListenerPrivate::EventSourceListenerPrivate(EventSourceListener *)
{ IS_THE_APPLICATIONS; }
EventSourceListenerPrivate::~EventSourceListenerPrivate() { IS_THE_APPLICATIONS; }
void EventSourceListenerPrivate::complete() { IS_THE_APPLICATIONS; }
void EventSourceListenerPrivate::start() { IS_THE_APPLICATIONS; }
void EventSourceListenerPrivate::stop() { IS_THE_APPLICATIONS; }
void EventSourceListenerPrivate::restart() { IS_THE_APPLICATIONS; }
void EventSourceListenerPrivate::wakeUp() { IS_THE_APPLICATIONS; }
void EventSourceListenerPrivate::changeUrl(const QUrl &) { IS_THE_APPLICATIONS; }
void EventSourceListenerPrivate::requestChanged() { IS_THE_APPLICATIONS; }
void EventSourceListenerPrivate::setLastEventId(const QByteArray &) { IS_THE_APPLICATIONS; }
void EventSourceListenerPrivate::notify() { IS_THE_APPLICATIONS; }
void EventSourceListenerPrivate::warn(const QString &) const { IS_THE_APPLICATIONS; }
bool EventSourceListenerPrivate::deliver(const QDeadlineTimer &) { IS_THE_APPLICATIONS; }
// clang-format on

class TypePlan
{
public:
    static const TypePlan *of(QMetaType type);
};

struct Mismatch
{
    Mismatch();
    ~Mismatch();
};

class JsonPath
{
public:
    QString toString() const;
};

class TypedMessages
{
public:
    TypedMessages();
    void clear();
};

class TypedReceiver : public QObject
{
    Q_OBJECT

public:
    TypedReceiver();
    ~TypedReceiver() override;

Q_SIGNALS:
    void received();
};

// clang-format off
const TypePlan *TypePlan::of(QMetaType) { IS_THE_APPLICATIONS; }
Mismatch::Mismatch() { IS_THE_APPLICATIONS; }
Mismatch::~Mismatch() { IS_THE_APPLICATIONS; }
QString JsonPath::toString() const { IS_THE_APPLICATIONS; }
TypedMessages::TypedMessages() { IS_THE_APPLICATIONS; }
void TypedMessages::clear() { IS_THE_APPLICATIONS; }
TypedReceiver::TypedReceiver() { IS_THE_APPLICATIONS; }
TypedReceiver::~TypedReceiver() { IS_THE_APPLICATIONS; }
QByteArrayView findNumber(QByteArrayView) { IS_THE_APPLICATIONS; }
bool readJson(const QJsonValue &, QMetaType, void *, QString *) { IS_THE_APPLICATIONS; }
bool readTyped(const QJsonValue &, const TypePlan &, void *) { IS_THE_APPLICATIONS; }
// clang-format on

struct Greeting
{
    Q_GADGET
    Q_PROPERTY(QString content MEMBER content)

public:
    QString content;
};

static bool libraryHasLogged = false;

static void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (qstrcmp(context.category, "eventsource.network") == 0)
        libraryHasLogged = true;
    if (type == QtWarningMsg || type == QtCriticalMsg || type == QtFatalMsg)
        fprintf(stderr, "%s\n", qPrintable(message));
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    qInstallMessageHandler(handleMessage);
    QLoggingCategory::setFilterRules(QStringLiteral("eventsource.network=true"));
    EventServer server;
    EventSourceListener listener(server.url());
    listener.onMessage<Greeting>(&app, [](const Greeting &greeting, const EventSourceEvent &event) {
        const QString content = event.data().toObject().value(QLatin1String("content")).toString();
        const auto again = EventSource::fromJson<Greeting>(event.data());
        const bool isSame = greeting.content == content && again && again->content == content;
        QCoreApplication::exit(isSame && content == QLatin1String("hello") ? 0 : 1);
    });
    QObject::connect(&listener, &EventSourceListener::error, &app,
                     [](const EventSourceError &error) {
                         qWarning("%s", qPrintable(error.message()));
                         QCoreApplication::exit(2);
                     });
    QTimer::singleShot(30000, &app, [] { QCoreApplication::exit(3); });
    const int exitCode = app.exec();
    return exitCode == 0 && !libraryHasLogged ? 4 : exitCode;
}

#include "consumer_names.moc"
