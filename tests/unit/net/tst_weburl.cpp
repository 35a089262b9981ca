// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/weburl_p.h"

#include <QtCore/qurl.h>
#include <QtTest/qtest.h>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;

class tst_WebUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWebUrls_data();
    void knowsWebUrls();
    void knowsSecureUrls_data();
    void knowsSecureUrls();
    void knowsTheEffectivePort_data();
    void knowsTheEffectivePort();
    void comparesOrigins_data();
    void comparesOrigins();
    void serializesOrigins_data();
    void serializesOrigins();
    void givesOneHostOneKey_data();
    void givesOneHostOneKey();
    void keepsHostsApart();
    void knowsLoopback_data();
    void knowsLoopback();
    void displaysNoSecrets_data();
    void displaysNoSecrets();
    void explainsWithoutTheUrl_data();
    void explainsWithoutTheUrl();
};

void tst_WebUrl::knowsWebUrls_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<bool>("isWeb");
    QTest::newRow("http") << QUrl(u"http://example.com/a"_s) << true;
    QTest::newRow("https") << QUrl(u"https://example.com/a"_s) << true;
    QTest::newRow("upper case scheme") << QUrl(u"HTTPS://example.com/"_s) << true;
    QTest::newRow("no path") << QUrl(u"http://example.com"_s) << true;
    QTest::newRow("port and user info") << QUrl(u"http://me:pass@example.com:8080/"_s) << true;
    QTest::newRow("IPv6 address") << QUrl(u"http://[::1]/"_s) << true;
    QTest::newRow("empty") << QUrl() << false;
    QTest::newRow("relative") << QUrl(u"stream"_s) << false;
    QTest::newRow("path only") << QUrl(u"/stream"_s) << false;
    QTest::newRow("no scheme") << QUrl(u"//example.com/"_s) << false;
    QTest::newRow("no host") << QUrl(u"http:///stream"_s) << false;
    QTest::newRow("scheme only") << QUrl(u"http:"_s) << false;
    QTest::newRow("file") << QUrl(u"file:///stream"_s) << false;
    QTest::newRow("another scheme") << QUrl(u"ftp://example.com/"_s) << false;
    QTest::newRow("a scheme that begins alike") << QUrl(u"httpx://example.com/"_s) << false;
    QTest::newRow("host without its scheme's slashes") << QUrl(u"http:example.com"_s) << false;
    QTest::newRow("invalid port") << QUrl(u"http://example.com:99999/"_s) << false;
    QTest::newRow("invalid host") << QUrl(u"http://[::zz]/"_s) << false;
}

void tst_WebUrl::knowsWebUrls()
{
    QFETCH(QUrl, url);
    QTEST(isWebUrl(url), "isWeb");
}

void tst_WebUrl::knowsSecureUrls_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<bool>("secure");
    QTest::newRow("https") << QUrl(u"https://example.com/"_s) << true;
    QTest::newRow("upper case") << QUrl(u"HTTPS://example.com/"_s) << true;
    QTest::newRow("http") << QUrl(u"http://example.com/"_s) << false;
    QTest::newRow("http at the port of https") << QUrl(u"http://example.com:443/"_s) << false;
    QTest::newRow("empty") << QUrl() << false;
}

void tst_WebUrl::knowsSecureUrls()
{
    QFETCH(QUrl, url);
    QTEST(isSecure(url), "secure");
}

void tst_WebUrl::knowsTheEffectivePort_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<int>("port");
    QTest::newRow("http") << QUrl(u"http://example.com/"_s) << 80;
    QTest::newRow("https") << QUrl(u"https://example.com/"_s) << 443;
    QTest::newRow("http, its own port") << QUrl(u"http://example.com:80/"_s) << 80;
    QTest::newRow("another port") << QUrl(u"http://example.com:8080/"_s) << 8080;
    QTest::newRow("https at the port of http") << QUrl(u"https://example.com:80/"_s) << 80;
    QTest::newRow("colon without a port") << QUrl(u"https://example.com:/"_s) << 443;
}

void tst_WebUrl::knowsTheEffectivePort()
{
    QFETCH(QUrl, url);
    QTEST(effectivePort(url), "port");
}

void tst_WebUrl::comparesOrigins_data()
{
    QTest::addColumn<QUrl>("a");
    QTest::addColumn<QUrl>("b");
    QTest::addColumn<bool>("same");
    const QUrl http(u"http://example.com/a"_s);
    const QUrl https(u"https://example.com/a"_s);
    QTest::newRow("itself") << http << http << true;
    QTest::newRow("another path, query and fragment")
            << http << QUrl(u"http://example.com/b?c#d"_s) << true;
    QTest::newRow("user info") << http << QUrl(u"http://me:pass@example.com/"_s) << true;
    QTest::newRow("upper case") << http << QUrl(u"HTTP://EXAMPLE.COM/a"_s) << true;
    QTest::newRow("http, its own port") << http << QUrl(u"http://example.com:80/"_s) << true;
    QTest::newRow("https, its own port") << https << QUrl(u"https://example.com:443/"_s) << true;
    QTest::newRow("one name in two spellings") << QUrl(u"http://bücher.example/"_s)
                                               << QUrl(u"http://xn--bcher-kva.example/"_s) << true;
    QTest::newRow("another scheme") << http << https << false;
    QTest::newRow("another scheme at the same port")
            << QUrl(u"http://example.com:443/"_s) << https << false;
    QTest::newRow("another port") << http << QUrl(u"http://example.com:8080/"_s) << false;
    QTest::newRow("another host") << http << QUrl(u"http://example.org/a"_s) << false;
    QTest::newRow("a subdomain") << http << QUrl(u"http://www.example.com/a"_s) << false;
    QTest::newRow("a name and its address")
            << QUrl(u"http://localhost/"_s) << QUrl(u"http://127.0.0.1/"_s) << false;
}

void tst_WebUrl::comparesOrigins()
{
    QFETCH(QUrl, a);
    QFETCH(QUrl, b);
    QTEST(isSameOrigin(a, b), "same");
    QTEST(isSameOrigin(b, a), "same");
}

void tst_WebUrl::serializesOrigins_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<QString>("origin");
    QTest::newRow("no port") << QUrl(u"http://example.com/a"_s) << u"http://example.com"_s;
    QTest::newRow("http, its own port")
            << QUrl(u"http://example.com:80/a"_s) << u"http://example.com"_s;
    QTest::newRow("https, its own port")
            << QUrl(u"https://example.com:443/a"_s) << u"https://example.com"_s;
    QTest::newRow("another port") << QUrl(u"https://example.com:8443/a"_s)
                                  << u"https://example.com:8443"_s;
    QTest::newRow("the other scheme's port")
            << QUrl(u"http://example.com:443/"_s) << u"http://example.com:443"_s;
    QTest::newRow("upper case") << QUrl(u"HTTP://EXAMPLE.COM/A"_s) << u"http://example.com"_s;
    QTest::newRow("IPv6 address") << QUrl(u"http://[::1]:8080/a"_s) << u"http://[::1]:8080"_s;
    QTest::newRow("user info, query and fragment")
            << QUrl(u"http://me:pass@example.com/a?b#c"_s) << u"http://example.com"_s;
    QTest::newRow("no path") << QUrl(u"http://example.com"_s) << u"http://example.com"_s;
}

void tst_WebUrl::serializesOrigins()
{
    QFETCH(QUrl, url);
    QTEST(serializedOrigin(url), "origin");
}

void tst_WebUrl::givesOneHostOneKey_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<QString>("key");
    const QString key = u"http://example.com:80"_s;
    QTest::newRow("no port") << QUrl(u"http://example.com/"_s) << key;
    QTest::newRow("its own port") << QUrl(u"http://example.com:80/"_s) << key;
    QTest::newRow("path and query") << QUrl(u"http://example.com/a?b"_s) << key;
    QTest::newRow("user info") << QUrl(u"http://me:pass@example.com/"_s) << key;
    QTest::newRow("upper case") << QUrl(u"HTTP://EXAMPLE.COM/"_s) << key;
    QTest::newRow("https") << QUrl(u"https://example.com/"_s) << u"https://example.com:443"_s;
    QTest::newRow("another port") << QUrl(u"http://example.com:8080/"_s)
                                  << u"http://example.com:8080"_s;
}

void tst_WebUrl::givesOneHostOneKey()
{
    QFETCH(QUrl, url);
    QTEST(hostKey(url), "key");
}

void tst_WebUrl::keepsHostsApart()
{
    const QString key = hostKey(QUrl(u"http://example.com/"_s));
    QVERIFY(hostKey(QUrl(u"http://example.org/"_s)) != key);
    QVERIFY(hostKey(QUrl(u"http://example.com:443/"_s)) != key);
    QVERIFY(hostKey(QUrl(u"https://example.com:80/"_s)) != key);
}

void tst_WebUrl::knowsLoopback_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("loopback");
    QTest::newRow("localhost") << u"localhost"_s << true;
    QTest::newRow("upper case") << u"LOCALHOST"_s << true;
    QTest::newRow("name below localhost") << u"app.localhost"_s << true;
    QTest::newRow("IPv4") << u"127.0.0.1"_s << true;
    QTest::newRow("IPv4, another of the block") << u"127.8.9.10"_s << true;
    QTest::newRow("IPv6") << u"[::1]"_s << true;
    QTest::newRow("IPv4 in IPv6") << u"[::ffff:127.0.0.1]"_s << true;
    QTest::newRow("another name") << u"example.com"_s << false;
    QTest::newRow("a name that ends alike") << u"notlocalhost"_s << false;
    QTest::newRow("localhost as a subdomain") << u"localhost.example.com"_s << false;
    QTest::newRow("IPv4 past the block") << u"128.0.0.1"_s << false;
    QTest::newRow("private network") << u"192.168.0.1"_s << false;
    QTest::newRow("any address") << u"0.0.0.0"_s << false;
    QTest::newRow("link-local IPv6") << u"[fe80::1]"_s << false;
}

void tst_WebUrl::knowsLoopback()
{
    QFETCH(QString, host);
    const QUrl url(u"http://"_s + host + u":8080/stream"_s);
    QVERIFY2(url.isValid(), qPrintable(url.errorString()));
    QTEST(isLoopback(url), "loopback");
}

void tst_WebUrl::displaysNoSecrets_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << QUrl(u"http://example.com/a/b"_s) << u"http://example.com/a/b"_s;
    QTest::newRow("port") << QUrl(u"http://example.com:8080/a"_s) << u"http://example.com:8080/a"_s;
    QTest::newRow("user") << QUrl(u"http://s3cret@example.com/a"_s) << u"http://example.com/a"_s;
    QTest::newRow("user and password")
            << QUrl(u"http://me:s3cret@example.com/a"_s) << u"http://example.com/a"_s;
    QTest::newRow("query") << QUrl(u"http://example.com/a?token=s3cret"_s)
                           << u"http://example.com/a"_s;
    QTest::newRow("fragment") << QUrl(u"http://example.com/a#s3cret"_s)
                              << u"http://example.com/a"_s;
    QTest::newRow("all of them") << QUrl(u"https://s3cret:s3cret@example.com:1/?s3cret#s3cret"_s)
                                 << u"https://example.com:1/"_s;
    QTest::newRow("empty") << QUrl() << QString();
}

void tst_WebUrl::displaysNoSecrets()
{
    QFETCH(QUrl, url);
    QTEST(displayUrl(url), "shown");
}

void tst_WebUrl::explainsWithoutTheUrl_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("host") << u"http://user:s3cret@[::zz]/s3cret?s3cret#s3cret"_s;
    QTest::newRow("port") << u"http://user:s3cret@example.com:99999/s3cret?s3cret#s3cret"_s;
    QTest::newRow("port is a word") << u"http://s3cret@example.com:port/s3cret"_s;
    QTest::newRow("text of the message itself")
            << u"http://[::zz]/s3cret; source was \"s3cret\"; scheme = \"http\""_s;
}

void tst_WebUrl::explainsWithoutTheUrl()
{
    QFETCH(QString, text);
    const QUrl url(text);
    QVERIFY(!url.isValid());
    const QString problem = urlProblem(url);
    QVERIFY(!problem.isEmpty());
    QVERIFY2(!problem.contains(u"s3cret"_s), qPrintable(problem));
    QVERIFY2(!problem.contains(u"http"_s), qPrintable(problem));
}

QTEST_APPLESS_MAIN(tst_WebUrl)
#include "tst_weburl.moc"
