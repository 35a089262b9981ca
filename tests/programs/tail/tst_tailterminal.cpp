// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "answeringserver.h"
#include "program.h"

#include <QtCore/qregularexpression.h>
#include <QtTest/qtest.h>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

// A terminal as the program's output. What the program writes to stderr is still the program's err.
class Terminal
{
public:
    Terminal()
    {
        m_near = ::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
        if (m_near >= 0 && ::grantpt(m_near) == 0 && ::unlockpt(m_near) == 0)
            m_far = ::open(::ptsname(m_near), O_RDWR | O_NOCTTY | O_CLOEXEC);
    }
    ~Terminal()
    {
        ::close(m_near);
        ::close(m_far);
    }
    bool isValid() const { return m_far >= 0; }
    void attachTo(Program &program, int descriptor = STDOUT_FILENO)
    {
        program.setChildProcessModifier([far = m_far, descriptor] { ::dup2(far, descriptor); });
    }
    // All that came so far, without the carriage returns that a terminal adds.
    QByteArray read()
    {
        char bytes[4096];
        ssize_t count;
        while ((count = ::read(m_near, bytes, sizeof bytes)) > 0)
            m_received.append(bytes, count);
        return QByteArray(m_received).replace("\r\n", "\n");
    }

private:
    int m_near = -1;
    int m_far = -1;
    QByteArray m_received;
};

QProcessEnvironment environment(const QString &name = {}, const QString &value = {})
{
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    all.remove(u"NO_COLOR"_s);
    all.insert(u"TERM"_s, u"xterm"_s);
    if (!name.isEmpty())
        all.insert(name, value);
    return all;
}

QByteArray withoutColors(const QByteArray &text)
{
    static const QRegularExpression color(u"\x1b\\[[0-9;]*m"_s);
    return QString::fromUtf8(text).remove(color).toUtf8();
}

} // namespace

// What eventsource-tail prints on a terminal.
class tst_TailTerminal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasColors();
    void hasNoColors_data();
    void hasNoColors();
    void indentsOnDemand_data();
    void indentsOnDemand();
    void controlsNothing_data();
    void controlsNothing();
    void colorsErrors();
};

void tst_TailTerminal::hasColors()
{
    Terminal terminal;
    QVERIFY(terminal.isValid());
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("data: {\"a\":\"b\"}\n\n")};
    Program program;
    terminal.attachTo(program);
    program.setProcessEnvironment(environment());
    program.run({server.address(), "--no-reconnect", "--data-only"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(terminal.read(), "{\x1b[36m\"a\"\x1b[0m:\x1b[32m\"b\"\x1b[0m}\n");
    // That is no terminal.
    QVERIFY2(!program.err.contains('\x1b'), program.err);
}

void tst_TailTerminal::hasNoColors_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("when");
    QTest::addColumn<bool>("colors");
    QTest::newRow("NO_COLOR") << u"NO_COLOR"_s << u"1"_s << u"auto"_s << false;
    QTest::newRow("NO_COLOR is empty") << u"NO_COLOR"_s << u""_s << u"auto"_s << true;
    QTest::newRow("NO_COLOR, but asked for") << u"NO_COLOR"_s << u"1"_s << u"always"_s << true;
    QTest::newRow("a terminal without") << u"TERM"_s << u"dumb"_s << u"auto"_s << false;
    QTest::newRow("never") << QString() << QString() << u"never"_s << false;
}

void tst_TailTerminal::hasNoColors()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, when);
    QFETCH(bool, colors);

    Terminal terminal;
    QVERIFY(terminal.isValid());
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("data: 1\n\n")};
    Program program;
    terminal.attachTo(program);
    program.setProcessEnvironment(environment(name, value));
    program.run({server.address(), "--no-reconnect", "--color", when});
    COMPARE_EXIT(program, 0);
    QCOMPARE(terminal.read().contains('\x1b'), colors);
    QCOMPARE(withoutColors(terminal.read()), "{\"type\":\"message\",\"id\":\"\",\"data\":1}\n");
}

void tst_TailTerminal::indentsOnDemand_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("printed");
    QTest::newRow("event") << QStringList() << QByteArray("[1]")
                           << QByteArray("{\n  \"type\": \"message\",\n  \"id\": \"\",\n"
                                         "  \"data\": [\n    1\n  ]\n}\n");
    QTest::newRow("data") << QStringList {"--data-only"}
                          << QByteArray("{\"z\":18446744073709551615,\"a\":{\"b\":[ ],\"c\":{}}}")
                          << QByteArray("{\n  \"z\": 18446744073709551615,\n  \"a\": {\n"
                                        "    \"b\": [],\n    \"c\": {}\n  }\n}\n");
    QTest::newRow("strings stay") << QStringList {"--data-only"}
                                  << QByteArray("[\"{a,b:[\\\"\", \"\\\\\"]")
                                  << QByteArray("[\n  \"{a,b:[\\\"\",\n  \"\\\\\"\n]\n");
    QTest::newRow("scalar") << QStringList {"--data-only"} << QByteArray("true")
                            << QByteArray("true\n");
    QTest::newRow("not JSON") << QStringList {"--data-only"} << QByteArray("{a")
                              << QByteArray("{a\n");
}

void tst_TailTerminal::indentsOnDemand()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, printed);

    Terminal terminal;
    QVERIFY(terminal.isValid());
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("data: " + data + "\n\n")};
    Program program;
    terminal.attachTo(program);
    program.setProcessEnvironment(environment());
    program.run(QStringList {server.address(), "--no-reconnect", "--pretty"} + arguments);
    COMPARE_EXIT(program, 0);
    QCOMPARE(withoutColors(terminal.read()), printed);
    QVERIFY2(!program.err.contains("--pretty"), program.err);
}

void tst_TailTerminal::controlsNothing_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("JSON") << QStringList();
    QTest::newRow("text") << QStringList {"--text"};
    QTest::newRow("data") << QStringList {"--data-only"};
    QTest::newRow("data as text") << QStringList {"--data-only", "--text"};
    QTest::newRow("fields") << QStringList {"--raw"};
    QTest::newRow("head") << QStringList {"-i"};
}

void tst_TailTerminal::controlsNothing()
{
    QFETCH(QStringList, arguments);

    Terminal terminal;
    QVERIFY(terminal.isValid());
    AnsweringServer server;
    server.answers = {"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-A: \x1b[31m\r\n\r\n"
                      "id: \x1b[32m\nevent: \x1b[33m\ndata: \x1b[34m\xc2\x9b\b\n\n"
                      "data: \"\x1b[34m\"\n\n"};
    Program program;
    terminal.attachTo(program);
    program.setProcessEnvironment(environment());
    program.run(QStringList {server.address(), "--max", "2", "--color", "never"} + arguments);
    COMPARE_EXIT(program, 0);
    const QByteArray received = terminal.read();
    QVERIFY2(received.contains("[34m"), received);
    QVERIFY2(!received.contains('\x1b') && !received.contains('\b'), received);
    QVERIFY2(!received.contains("\xc2\x9b"), received);
}

void tst_TailTerminal::colorsErrors()
{
    Terminal terminal;
    QVERIFY(terminal.isValid());
    AnsweringServer server;
    server.answers = {AnsweringServer::status("404 Not Found")};
    Program program;
    terminal.attachTo(program, STDERR_FILENO);
    program.setProcessEnvironment(environment());
    program.run({server.address()});
    COMPARE_EXIT(program, 1);
    const QByteArray received = terminal.read();
    QVERIFY2(received.contains("\x1b[1;31meventsource-tail: error: "), received);
    QVERIFY2(received.endsWith("\x1b[0m\n"), received);
}

QTEST_GUILESS_MAIN(tst_TailTerminal)
#include "tst_tailterminal.moc"
