// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "session/failure_p.h"

#include <QtTest/qtest.h>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;

using Code = EventSourceListener::ErrorCode;
using Outcome = ConnectionResult::Outcome;
Q_DECLARE_METATYPE(ConnectionResult)
Q_DECLARE_METATYPE(ReconnectSettings)
Q_DECLARE_METATYPE(Recovery)

class tst_Failure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classifiesResults_data();
    void classifiesResults();
    void retriesTheStatusesInTheList_data();
    void retriesTheStatusesInTheList();
    void missesTheEndMarker_data();
    void missesTheEndMarker();
    void repeatsOnlyWhatIsUnprocessed();
    void keepsWhatTheServerSaid();
    void saysWhyItIsNotSentAgain_data();
    void saysWhyItIsNotSentAgain();
    void saysWhyTheWaitIsLongerThanRetryAfter_data();
    void saysWhyTheWaitIsLongerThanRetryAfter();
    void becomesAnError_data();
    void becomesAnError();
};

namespace {

ConnectionResult makeResult(Outcome outcome, int status = 0)
{
    ConnectionResult result;
    result.outcome = outcome;
    result.httpStatus = status;
    result.isSent = status != 0;
    result.isAccepted = outcome == Outcome::CleanEnd;
    if (outcome != Outcome::CleanEnd && outcome != Outcome::NoContent)
        result.message = u"It failed."_s;
    return result;
}

ConnectionResult sent(ConnectionResult result)
{
    result.isSent = true;
    return result;
}

ConnectionResult accepted(ConnectionResult result)
{
    result.isSent = result.isAccepted = true;
    result.httpStatus = 200;
    return result;
}

Recovery recoveryOf(const ConnectionResult &result, const ReconnectSettings &settings,
                    bool mayResend, bool isExhausted = false)
{
    AttemptContext context;
    context.mayResend = mayResend;
    context.isExhausted = isExhausted;
    return classify(result, settings, context).recovery;
}

// A retry is what these forbid, and nothing else.
Recovery withoutRetry(Recovery recovery)
{
    return recovery == Recovery::Retry ? Recovery::None : recovery;
}

} // namespace

void tst_Failure::classifiesResults_data()
{
    QTest::addColumn<ConnectionResult>("result");
    QTest::addColumn<Code>("code");
    QTest::addColumn<Recovery>("repeatable"); // what follows where the request may be sent again
    QTest::addColumn<Recovery>("once"); // and where it may not
    QTest::addColumn<Recovery>("strict"); // and with retryHttpErrors false, repeatable

    using L = EventSourceListener;
    constexpr Recovery retry = Recovery::Retry;
    constexpr Recovery change = Recovery::AwaitChange;
    constexpr Recovery none = Recovery::None;
    const auto row = [](const char *tag, const ConnectionResult &result, Code code,
                        Recovery repeatable, Recovery once, Recovery strict) {
        QTest::newRow(tag) << result << code << repeatable << once << strict;
    };
    const ConnectionResult network = makeResult(Outcome::NetworkError);
    const ConnectionResult timeout = makeResult(Outcome::Timeout);
    const ConnectionResult ssl = makeResult(Outcome::Ssl);
    const ConnectionResult decoding = makeResult(Outcome::Decoding, 200);
    row("clean end", makeResult(Outcome::CleanEnd, 200), L::NoError, retry, none, retry);
    row("no content", makeResult(Outcome::NoContent, 204), L::NoError, none, none, none);
    row("no connection", network, L::NetworkError, retry, retry, retry);
    row("no answer after it was sent", sent(network), L::NetworkError, retry, none, retry);
    row("cut off", accepted(network), L::NetworkError, retry, none, retry);
    row("no connection in time", timeout, L::TimeoutError, retry, retry, retry);
    row("no answer in time", sent(timeout), L::TimeoutError, retry, none, retry);
    row("silence", accepted(timeout), L::TimeoutError, retry, none, retry);
    row("no TLS", ssl, L::SslError, retry, retry, retry);
    row("TLS that failed after it was sent", sent(ssl), L::SslError, retry, none, retry);
    row("unknown coding", sent(decoding), L::DecodingError, retry, none, retry);
    row("damaged coding", accepted(decoding), L::DecodingError, retry, none, retry);
    row("wrong media type", makeResult(Outcome::ContentType, 200), L::ContentTypeError, change,
        change, none);
    row("too many redirects", makeResult(Outcome::TooManyRedirects, 302), L::TooManyRedirectsError,
        none, none, none);
    row("insecure redirect", makeResult(Outcome::InsecureRedirect, 302), L::InsecureRedirectError,
        none, none, none);
    for (const int status : {408, 425, 429, 503}) {
        QTest::addRow("%d", status) << makeResult(Outcome::HttpStatus, status)
                                    << Code(L::HttpStatusError) << retry << retry << none;
    }
    for (const int status : {500, 501, 502, 504, 507, 599}) {
        QTest::addRow("%d", status) << makeResult(Outcome::HttpStatus, status)
                                    << Code(L::HttpStatusError) << retry << none << none;
    }
    for (const int status : {401, 403}) {
        QTest::addRow("%d", status) << makeResult(Outcome::HttpStatus, status)
                                    << Code(L::HttpStatusError) << change << change << none;
    }
    for (const int status : {100, 103, 201, 206, 300, 302, 304, 400, 402, 404, 405, 407,
                             409, 410, 411, 418, 424, 426, 430, 451, 499, 600, 999}) {
        QTest::addRow("%d", status) << makeResult(Outcome::HttpStatus, status)
                                    << Code(L::HttpStatusError) << none << none << none;
    }
}

void tst_Failure::classifiesResults()
{
    QFETCH(ConnectionResult, result);
    QFETCH(Code, code);
    QFETCH(Recovery, repeatable);
    QFETCH(Recovery, once);
    QFETCH(Recovery, strict);

    const ReconnectSettings settings;
    QCOMPARE(classify(result, settings, {}).code, code);
    QCOMPARE(recoveryOf(result, settings, true), repeatable);
    QCOMPARE(recoveryOf(result, settings, false), once);
    QCOMPARE(recoveryOf(result, settings, true, true), withoutRetry(repeatable));
    QCOMPARE(recoveryOf(result, settings, false, true), withoutRetry(once));

    ReconnectSettings disabled;
    disabled.enabled = false;
    QCOMPARE(recoveryOf(result, disabled, true), withoutRetry(repeatable));
    QCOMPARE(recoveryOf(result, disabled, false), withoutRetry(once));
    QCOMPARE(classify(result, disabled, {}).code, code);

    ReconnectSettings standard;
    standard.retryHttpErrors = false;
    QCOMPARE(recoveryOf(result, standard, true), strict);
    const Recovery strictOnce = once == Recovery::Retry ? strict : withoutRetry(strict);
    QCOMPARE(recoveryOf(result, standard, false), strictOnce);
    QCOMPARE(recoveryOf(result, standard, true, true), withoutRetry(strict));
}

void tst_Failure::retriesTheStatusesInTheList_data()
{
    QTest::addColumn<ConnectionResult>("result");
    QTest::addColumn<Recovery>("repeatable");
    QTest::addColumn<Recovery>("once");
    QTest::addColumn<Recovery>("exhausted");
    const auto row = [](int status, Recovery repeatable, Recovery once, Recovery exhausted) {
        QTest::addRow("%d", status)
                << makeResult(Outcome::HttpStatus, status) << repeatable << once << exhausted;
    };
    row(404, Recovery::Retry, Recovery::None, Recovery::None);
    row(302, Recovery::Retry, Recovery::None, Recovery::None);
    row(503, Recovery::Retry, Recovery::Retry, Recovery::None);
    row(502, Recovery::Retry, Recovery::None, Recovery::None);
    row(401, Recovery::Retry, Recovery::AwaitChange, Recovery::AwaitChange);
    QTest::newRow("204") << makeResult(Outcome::NoContent, 204) << Recovery::Retry << Recovery::None
                         << Recovery::None;
    QTest::newRow("not in the list") << makeResult(Outcome::HttpStatus, 410) << Recovery::None
                                     << Recovery::None << Recovery::None;
    QTest::newRow("200 is no status to retry")
            << makeResult(Outcome::ContentType, 200) << Recovery::AwaitChange
            << Recovery::AwaitChange << Recovery::AwaitChange;
}

void tst_Failure::retriesTheStatusesInTheList()
{
    QFETCH(ConnectionResult, result);
    QFETCH(Recovery, repeatable);
    QFETCH(Recovery, once);
    QFETCH(Recovery, exhausted);
    ReconnectSettings settings;
    settings.retryStatuses = {200, 204, 302, 401, 404, 502, 503};
    QCOMPARE(recoveryOf(result, settings, true), repeatable);
    QCOMPARE(recoveryOf(result, settings, false), once);
    QCOMPARE(recoveryOf(result, settings, true, true), exhausted);
    ReconnectSettings disabled = settings;
    disabled.enabled = false;
    QCOMPARE(recoveryOf(result, disabled, true), exhausted);

    // Where the standard's rule is asked for, they are the exception to it.
    settings.retryHttpErrors = false;
    QCOMPARE(recoveryOf(result, settings, true),
             repeatable == Recovery::Retry ? Recovery::Retry : Recovery::None);
    QCOMPARE(recoveryOf(result, settings, false),
             once == Recovery::Retry ? Recovery::Retry : Recovery::None);
}

void tst_Failure::missesTheEndMarker_data()
{
    QTest::addColumn<bool>("enabled");
    QTest::addColumn<bool>("mayResend");
    QTest::addColumn<bool>("isExhausted");
    for (const bool enabled : {true, false}) {
        for (const bool mayResend : {true, false}) {
            for (const bool isExhausted : {true, false}) {
                QTest::addRow("%s, %s%s", enabled ? "enabled" : "disabled",
                              mayResend ? "repeatable" : "once", isExhausted ? ", exhausted" : "")
                        << enabled << mayResend << isExhausted;
            }
        }
    }
}

// Half of an answer is not taken for all of it.
void tst_Failure::missesTheEndMarker()
{
    QFETCH(bool, enabled);
    QFETCH(bool, mayResend);
    QFETCH(bool, isExhausted);
    ReconnectSettings settings;
    settings.enabled = enabled;
    AttemptContext context;
    context.mayResend = mayResend;
    context.isExhausted = isExhausted;
    const ConnectionResult end = makeResult(Outcome::CleanEnd, 200);
    const bool repeats = enabled && mayResend && !isExhausted;
    const Recovery recovery = repeats ? Recovery::Retry : Recovery::None;

    const Failure plain = classify(end, settings, context);
    QCOMPARE(plain.code, EventSourceListener::NoError);
    QCOMPARE(plain.recovery, recovery);
    QCOMPARE(plain.message, QString());

    context.expectsEndMarker = true;
    const Failure incomplete = classify(end, settings, context);
    QCOMPARE(incomplete.code,
             repeats ? EventSourceListener::NoError : EventSourceListener::IncompleteError);
    QCOMPARE(incomplete.recovery, recovery);
    QCOMPARE(incomplete.message.contains(u"endMarker"_s), !repeats);

    // Other ends say by themselves that something is missing, or that nothing is.
    const Failure cut = classify(accepted(makeResult(Outcome::NetworkError)), settings, context);
    QCOMPARE(cut.code, EventSourceListener::NetworkError);
    const Failure nothing = classify(makeResult(Outcome::NoContent, 204), settings, context);
    QCOMPARE(nothing.code, EventSourceListener::NoError);
    QCOMPARE(nothing.recovery, Recovery::None);
}

// Over all results and settings, whatever the table above has.
void tst_Failure::repeatsOnlyWhatIsUnprocessed()
{
    const QList<int> statuses {0, 200, 204, 302, 401, 403, 404, 408, 425, 429, 500, 502, 503, 504};
    int retries = 0;
    for (int outcome = 0; outcome <= int(Outcome::InsecureRedirect); ++outcome) {
        for (const int status : statuses) {
            for (int bits = 0; bits < 128; ++bits) {
                ConnectionResult result;
                result.outcome = Outcome(outcome);
                result.httpStatus = status;
                result.isSent = bits & 1;
                result.isAccepted = bits & 2;
                ReconnectSettings settings;
                settings.enabled = bits & 4;
                settings.retryHttpErrors = bits & 8;
                if (bits & 16)
                    settings.retryStatuses = statuses;
                AttemptContext context;
                context.isExhausted = bits & 32;
                context.expectsEndMarker = bits & 64;
                context.mayResend = false;
                const Failure once = classify(result, settings, context);
                context.mayResend = true;
                const Failure repeatable = classify(result, settings, context);
                const QByteArray situation = "outcome " + QByteArray::number(outcome) + ", status "
                        + QByteArray::number(status) + ", bits " + QByteArray::number(bits);

                for (const Failure &failure : {once, repeatable}) {
                    if (failure.recovery == Recovery::Retry)
                        QVERIFY2(settings.enabled && !context.isExhausted, situation);
                    if (failure.recovery == Recovery::AwaitChange)
                        QVERIFY2(settings.retryHttpErrors, situation);
                }
                if (once.recovery != Recovery::Retry)
                    continue;
                ++retries;
                QVERIFY2(repeatable.recovery == Recovery::Retry, situation);
                const bool isUnsent = !result.isSent && !result.isAccepted
                        && (result.outcome == Outcome::NetworkError
                            || result.outcome == Outcome::Timeout
                            || result.outcome == Outcome::Ssl);
                const bool isRefused = result.outcome == Outcome::HttpStatus
                        && (status == 408 || status == 425 || status == 429 || status == 503);
                QVERIFY2(isUnsent || isRefused, situation);
            }
        }
    }
    QVERIFY(retries > 0);
}

void tst_Failure::keepsWhatTheServerSaid()
{
    ConnectionResult result = makeResult(Outcome::HttpStatus, 404);
    result.body = "gone \xE2\x82\xAC";
    result.retryAfter = 2500;
    const Failure failure = classify(result, {}, {});
    QCOMPARE(failure.message, u"It failed."_s);
    QCOMPARE(failure.httpStatus, 404);
    QCOMPARE(failure.body, result.body);
    QCOMPARE(failure.retryAfter, 2500);
}

void tst_Failure::saysWhyItIsNotSentAgain_data()
{
    QTest::addColumn<ConnectionResult>("result");
    QTest::addColumn<bool>("mayResend");
    QTest::addColumn<bool>("says");
    const ConnectionResult network = makeResult(Outcome::NetworkError);
    QTest::newRow("cut off") << accepted(network) << false << true;
    QTest::newRow("500") << makeResult(Outcome::HttpStatus, 500) << false << true;
    QTest::newRow("sent again") << accepted(network) << true << false;
    QTest::newRow("not sent before") << network << false << false;
    QTest::newRow("never tried again") << makeResult(Outcome::HttpStatus, 404) << false << false;
    QTest::newRow("waits for a change") << makeResult(Outcome::HttpStatus, 401) << false << false;
    QTest::newRow("no error") << makeResult(Outcome::CleanEnd, 200) << false << false;
}

void tst_Failure::saysWhyItIsNotSentAgain()
{
    QFETCH(ConnectionResult, result);
    QFETCH(bool, mayResend);
    QFETCH(bool, says);
    AttemptContext context;
    context.mayResend = mayResend;
    const Failure failure = classify(result, {}, context);
    QVERIFY(failure.message.startsWith(result.message));
    QCOMPARE(failure.message.contains(u"not sent again"_s), says);
    context.isExhausted = true;
    QVERIFY(!classify(result, {}, context).message.contains(u"not sent again"_s));
}

void tst_Failure::saysWhyTheWaitIsLongerThanRetryAfter_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("retryAfter");
    QTest::addColumn<double>("jitter");
    QTest::addColumn<QString>("says");
    QTest::newRow("seconds") << 503 << 4000 << 0.5 << u" 4 s "_s;
    QTest::newRow("fractional seconds") << 429 << 2500 << 0.5 << u" 2.5 s "_s;
    QTest::newRow("an hour") << 503 << 3600000 << 0.5 << u" 3600 s "_s;
    QTest::newRow("no Retry-After") << 503 << 0 << 0.5 << QString();
    QTest::newRow("no jitter") << 503 << 4000 << 0.0 << QString();
    QTest::newRow("no retry") << 404 << 4000 << 0.5 << QString();
}

void tst_Failure::saysWhyTheWaitIsLongerThanRetryAfter()
{
    QFETCH(int, status);
    QFETCH(int, retryAfter);
    QFETCH(double, jitter);
    QFETCH(QString, says);
    ReconnectSettings settings;
    settings.jitter = jitter;
    ConnectionResult result = makeResult(Outcome::HttpStatus, status);
    result.message = u"http://h/%2Fx answered 503."_s;
    result.retryAfter = retryAfter;
    const Failure failure = classify(result, settings, {});
    QVERIFY2(failure.message.startsWith(result.message), qPrintable(failure.message));
    QCOMPARE(failure.message.contains(u"Retry-After"_s), !says.isEmpty());
    QVERIFY2(failure.message.contains(says), qPrintable(failure.message));
    QCOMPARE(failure.retryAfter, retryAfter);
}

void tst_Failure::becomesAnError_data()
{
    QTest::addColumn<Recovery>("recovery");
    QTest::addColumn<bool>("willRetry");
    QTest::newRow("retry") << Recovery::Retry << true;
    QTest::newRow("waits for a change") << Recovery::AwaitChange << false;
    QTest::newRow("ends") << Recovery::None << false;
}

void tst_Failure::becomesAnError()
{
    QFETCH(Recovery, recovery);
    QFETCH(bool, willRetry);
    Failure failure;
    failure.code = EventSourceListener::HttpStatusError;
    failure.recovery = recovery;
    failure.message = u"It failed."_s;
    failure.httpStatus = 503;
    failure.body = "a\xE2\x82"; // cut inside a character
    const EventSourceError error = toError(failure, willRetry ? 1200 : -1);
    QCOMPARE(error.code(), EventSourceListener::HttpStatusError);
    QCOMPARE(error.message(), failure.message);
    QCOMPARE(error.httpStatus(), 503);
    QCOMPARE(error.body(), u"a\uFFFD"_s);
    QCOMPARE(error.willRetry(), willRetry);
    QCOMPARE(error.retryIn(), willRetry ? 1200 : -1);
}

QTEST_GUILESS_MAIN(tst_Failure)
#include "tst_failure.moc"
