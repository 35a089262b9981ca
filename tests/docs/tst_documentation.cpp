// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "publicnames.h"

#include <QtCore/qdir.h>
#include <QtCore/qfile.h>
#include <QtCore/qhash.h>
#include <QtCore/qset.h>
#include <QtCore/qxmlstream.h>
#include <QtTest/qtest.h>

namespace {

QString read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList headers()
{
    return QStringLiteral(HEADERS).split(QLatin1Char(' '));
}

QString place(const QString &owner, const QString &name)
{
    return owner.isEmpty() ? name : owner + QLatin1String("::") + name;
}

QString keyOf(const PublicName &name)
{
    const bool isFunction = name.kind == PublicName::Function || name.kind == PublicName::Signal;
    return isFunction ? name.name + QLatin1String("()") : name.name;
}

// What qdoc has documented, from its index. The name of a function ends in "()".
class Index
{
public:
    bool load(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return false;
        QXmlStreamReader xml(&file);
        QStringList owners;
        while (!xml.atEnd()) {
            xml.readNext();
            const QString element = xml.name().toString();
            const bool isQml = element.startsWith(QLatin1String("qml"));
            const bool isOwner = element == QLatin1String("class")
                    || element == QLatin1String("namespace") || element == QLatin1String("qmltype")
                    || element == QLatin1String("qmlclass")
                    || element == QLatin1String("qmlvaluetype");
            if (xml.isStartElement()) {
                const QXmlStreamAttributes attributes = xml.attributes();
                QString name = attributes.value(QLatin1String("name")).toString();
                if (element == QLatin1String("function"))
                    name += QLatin1String("()");
                const QString owner = owners.isEmpty() ? QString() : owners.last();
                const bool isDocumented =
                        attributes.value(QLatin1String("documented")) == QLatin1String("true");
                const QString property =
                        attributes.value(QLatin1String("associated-property")).toString();
                if (isDocumented && !name.isEmpty())
                    ++m_documented[place(owner, name)];
                else if (!property.isEmpty())
                    m_accessors.append({owner, name, property});
                if (isOwner) {
                    owners.append(isQml ? QLatin1String("QML ") + name : name);
                    if (isQml && isDocumented)
                        ++m_documented[owners.last()];
                }
            } else if (xml.isEndElement() && isOwner) {
                owners.removeLast();
            }
        }
        return !xml.hasError();
    }

    int count(const QString &owner, const QString &name) const
    {
        int result = m_documented.value(place(owner, name));
        for (const Accessor &accessor : m_accessors) {
            if (accessor.owner != owner || accessor.name != name)
                continue;
            for (const QString &property : accessor.property.split(QLatin1Char(','))) {
                if (m_documented.contains(place(owner, property))) {
                    ++result;
                    break;
                }
            }
        }
        return result;
    }

private:
    struct Accessor
    {
        QString owner;
        QString name;
        QString property;
    };
    QHash<QString, int> m_documented;
    QList<Accessor> m_accessors;
};

} // namespace

class tst_Documentation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyNameOfAHeaderIsDocumented_data();
    void everyNameOfAHeaderIsDocumented();
    void everyMemberInAHeaderHasABrief_data();
    void everyMemberInAHeaderHasABrief();
    void everyMacroOfTheVersionIsDocumented();
    void everyNameOfTheQmlModuleIsDocumented();
    void everyNameOfTheControlsIsDocumented_data();
    void everyNameOfTheControlsIsDocumented();

private:
    void verifyQmlNames(const QList<PublicName> &names, const QString &page) const;

    Index m_index;
};

void tst_Documentation::initTestCase()
{
    QVERIFY(m_index.load(QStringLiteral(DOCS_DIR "/eventsource.index")));
}

void tst_Documentation::everyNameOfAHeaderIsDocumented_data()
{
    QTest::addColumn<QString>("header");
    for (const QString &header : headers())
        QTest::newRow(qPrintable(header)) << header;
}

void tst_Documentation::everyNameOfAHeaderIsDocumented()
{
    QFETCH(const QString, header);
    const QString text = read(QStringLiteral(HEADER_DIR "/") + header);
    QVERIFY(!text.isEmpty());
    const QList<PublicName> names = namesInHeader(text);
    QCOMPARE(names.isEmpty(),
             !text.contains(QLatin1String("class EVENTSOURCE_EXPORT"))
                     && !text.contains(QLatin1String("namespace EventSource {")));
    QHash<QString, int> declared;
    QSet<QString> missing;
    for (const PublicName &name : names) {
        if (name.kind == PublicName::Enumerator) // qdoc warns of these
            continue;
        const QString key = keyOf(name);
        const QString where = place(name.owner, key);
        const int overloads = ++declared[where];
        if (m_index.count(name.owner, key) < overloads)
            missing.insert(where);
    }
    QVERIFY2(missing.isEmpty(),
             qPrintable(QStringList(missing.values()).join(QLatin1String(", "))));
}

void tst_Documentation::everyMemberInAHeaderHasABrief_data()
{
    everyNameOfAHeaderIsDocumented_data();
}

void tst_Documentation::everyMemberInAHeaderHasABrief()
{
    QFETCH(const QString, header);
    QStringList missing;
    for (const PublicName &name : namesInHeader(read(QStringLiteral(HEADER_DIR "/") + header))) {
        if (!name.hasBrief)
            missing.append(place(name.owner, name.name));
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1String(", "))));
}

void tst_Documentation::everyMacroOfTheVersionIsDocumented()
{
    const QList<PublicName> macros =
            macrosInHeader(read(QStringLiteral(HEADER_DIR "/eventsourceversion.h.in")));
    QVERIFY(!macros.isEmpty());
    for (const PublicName &macro : macros) {
        QVERIFY2(m_index.count({}, macro.name + QLatin1String("()")) > 0, qPrintable(macro.name));
        QVERIFY2(macro.hasBrief, qPrintable(macro.name));
    }
}

void tst_Documentation::verifyQmlNames(const QList<PublicName> &names, const QString &page) const
{
    QStringList missing;
    for (const PublicName &name : names) {
        if (name.kind == PublicName::Class) {
            if (m_index.count({}, QLatin1String("QML ") + name.name) == 0)
                missing.append(name.name);
        } else if (name.kind == PublicName::Enumerator) {
            const QString html = read(page.arg(name.owner.toLower()));
            if (!html.contains(QLatin1String(">") + name.name + QLatin1String("</code>")))
                missing.append(place(name.owner, name.name));
        } else if (m_index.count(QLatin1String("QML ") + name.owner, keyOf(name)) == 0) {
            missing.append(place(name.owner, keyOf(name)));
        }
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1String(", "))));
}

void tst_Documentation::everyNameOfTheQmlModuleIsDocumented()
{
    const QList<PublicName> names = namesInQmlTypes(read(QStringLiteral(QML_TYPES_FILE)));
    QVERIFY(!names.isEmpty());
    verifyQmlNames(names, QStringLiteral(DOCS_DIR "/qml-eventsource-%1.html"));
}

void tst_Documentation::everyNameOfTheControlsIsDocumented_data()
{
    QTest::addColumn<QString>("type");
    const QDir folder(QStringLiteral(CONTROLS_DIR));
    const QStringList files = folder.entryList({QStringLiteral("*.qml")});
    QVERIFY(!files.isEmpty());
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file.chopped(4);
}

void tst_Documentation::everyNameOfTheControlsIsDocumented()
{
    QFETCH(const QString, type);
    const QString text = read(QStringLiteral(CONTROLS_DIR "/%1.qml").arg(type));
    verifyQmlNames(namesInQmlFile(type, text), {});
}

int main(int argc, char **argv)
{
    if (QLatin1String(DOCS_DIR).isEmpty()) {
        qInfo("qdoc is not installed.");
        return 77; // skipped
    }
    QCoreApplication application(argc, argv);
    tst_Documentation test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_documentation.moc"
