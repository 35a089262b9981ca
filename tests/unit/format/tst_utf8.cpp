// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "referenceparser.h"
#include "timeratio.h"
#include "utf8fixtures.h"

#include <QtCore/qcryptographichash.h>
#include <QtTest/qtest.h>

constexpr qsizetype mebi = 1024 * 1024;

class tst_Utf8 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { settleMalloc(); }

    void decodesAsTextDecoder();
    void decodesAsDefined();
    void decodesLongInvalidInput();
    void linearInInvalidBytes();
};

// Independent evidence: another implementation's results for every sequence of up to four bytes
// that matter.
void tst_Utf8::decodesAsTextDecoder()
{
    const auto &bytes = Utf8Fixtures::interesting;
    size_t total = 1;
    for (size_t length = 1; length <= std::size(Utf8Fixtures::digests); ++length) {
        total *= std::size(bytes);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        QByteArray sequence(qsizetype(length), Qt::Uninitialized);
        for (size_t n = 0; n < total; ++n) {
            size_t rest = n;
            for (size_t i = length; i-- > 0; rest /= std::size(bytes))
                sequence[qsizetype(i)] = char(bytes[rest % std::size(bytes)]);
            hash.addData(toWellFormedUtf8(sequence));
            hash.addData(QByteArrayView("\xFF"));
        }
        QCOMPARE(hash.result().toHex(), QByteArray(Utf8Fixtures::digests[length - 1]));
    }
}

// The same sequences against the definition, which says where they differ if they do; with text
// around them long enough for vectorised code.
void tst_Utf8::decodesAsDefined()
{
    const auto &bytes = Utf8Fixtures::interesting;
    constexpr size_t count = std::size(Utf8Fixtures::interesting);
    const QByteArray text(33, 'x');
    QByteArray sequence(3, Qt::Uninitialized);
    for (size_t n = 0; n < count * count * count; ++n) {
        sequence[0] = char(bytes[n / count / count]);
        sequence[1] = char(bytes[n / count % count]);
        sequence[2] = char(bytes[n % count]);
        QCOMPARE(toWellFormedUtf8(sequence), Reference::decode(sequence));
        const QByteArray longer = text + sequence + text + sequence;
        QCOMPARE(toWellFormedUtf8(longer), Reference::decode(longer));
    }
}

void tst_Utf8::decodesLongInvalidInput()
{
    const QByteArray input(100000, '\xFF');
    QCOMPARE(toWellFormedUtf8(input), QByteArray("\xEF\xBF\xBD").repeated(100000));
    QCOMPARE(toWellFormedUtf8({}), QByteArray());
}

void tst_Utf8::linearInInvalidBytes()
{
    const QByteArray bytes = QByteArray("\xE2\x82").repeated(mebi);
    const double ratio = timeRatio([&] { toWellFormedUtf8(QByteArrayView(bytes).first(mebi)); },
                                   [&] { toWellFormedUtf8(bytes); });
    QVERIFY2(ratio < linear, qPrintable(QString::number(ratio)));
}

QTEST_APPLESS_MAIN(tst_Utf8)
#include "tst_utf8.moc"
