// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "loglines.h"

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtGui/qclipboard.h>
#include <QtGui/qfontdatabase.h>
#include <QtGui/qguiapplication.h>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace std::chrono_literals;

namespace {
constexpr qint64 sliceTime = 5; // ms
constexpr int linesBetweenLooks = 32; // at the clock
constexpr auto countInterval = 100ms;
constexpr auto showInterval = 30ms; // nobody reads faster, and each change costs a layout
constexpr int maximumTypes = 8; // a server may have any number
} // namespace

LogLines::LogLines(QObject *parent)
    : QAbstractListModel(parent), m_search(this), m_countTimer(this), m_showTimer(this)
{
    m_showTimer.setInterval(showInterval);
    m_showTimer.setSingleShot(true);
    connect(&m_showTimer, &QTimer::timeout, this, &LogLines::catchUp);
    connect(&m_search, &QTimer::timeout, this, &LogLines::searchOn);
    m_countTimer.setInterval(countInterval);
    m_countTimer.setSingleShot(true);
    connect(&m_countTimer, &QTimer::timeout, this, &LogLines::countsChanged);
}

QString LogLines::fixedFontFamily()
{
    return QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
}

// The source ----------------------------------------------------------------------------------

void LogLines::setSourceModel(QAbstractItemModel *model)
{
    if (m_source == model)
        return;
    if (m_source)
        m_source->disconnect(this);
    m_source = model;
    reset();
    if (model) {
        connect(model, &QAbstractItemModel::rowsInserted, this,
                [this](const QModelIndex &, int first, int last) {
                    if (first != totalCount()) {
                        reset(); // not a log
                        return;
                    }
                    takeTypes(last + 1);
                    showSoon();
                });
        connect(model, &QAbstractItemModel::rowsRemoved, this,
                [this](const QModelIndex &, int first, int last) {
                    if (first != 0) {
                        reset();
                        return;
                    }
                    for (int i = 0; i <= last; ++i) {
                        --m_typeCounts[m_lineTypes.front()];
                        m_lineTypes.pop_front();
                    }
                    m_firstKey += last + 1;
                    countLater();
                    // The lines that have pushed them out come in a moment.
                    m_isBehind = true;
                    if (!m_showTimer.isActive())
                        QMetaObject::invokeMethod(this, &LogLines::catchUp, Qt::QueuedConnection);
                });
        connect(model, &QAbstractItemModel::modelReset, this, &LogLines::reset);
    }
    Q_EMIT sourceModelChanged();
}

void LogLines::reset()
{
    const QHash<int, QByteArray> names =
            m_source ? m_source->roleNames() : QHash<int, QByteArray>();
    m_typeRole = names.key("type", -1);
    m_textRole = names.key("text", -1);
    m_idRole = names.key("lastEventId", -1);
    m_receivedRole = names.key("received", -1);
    m_problemRole = names.key("problem", -1);

    beginResetModel();
    m_firstKey += qint64(m_lineTypes.size());
    m_lineTypes.clear();
    m_typeCounts.fill(0);
    m_shown.clear();
    m_hitCount = 0;
    endResetModel();
    takeTypes(m_source ? m_source->rowCount() : 0);
    filterAnew();
}

// Of the source's new rows.
void LogLines::takeTypes(qsizetype end)
{
    bool isNew = false;
    for (qsizetype row = qsizetype(m_lineTypes.size()); row < end; ++row) {
        const QString type = m_source->index(int(row), 0).data(m_typeRole).toString();
        qsizetype index = m_types.indexOf(type);
        if (index < 0 && m_types.size() < maximumTypes) {
            index = m_types.size();
            m_types.append(index < maximumTypes - 1 ? type : tr("other"));
            m_typeCounts.append(0);
            m_isHidden.append(m_hiddenTypes.contains(m_types.constLast()));
            isNew = true;
        }
        if (index < 0)
            index = maximumTypes - 1;
        ++m_typeCounts[index];
        m_lineTypes.push_back(quint8(index));
    }
    countLater();
    if (isNew)
        Q_EMIT typesChanged();
}

// At once after a quiet time. A fast stream is shown in larger pieces.
void LogLines::showSoon()
{
    if (m_showTimer.isActive())
        m_isBehind = true;
    else
        show();
}

void LogLines::catchUp()
{
    if (m_isBehind)
        show();
}

void LogLines::show()
{
    m_isBehind = false;
    m_showTimer.start();
    removeOldest();
    if (!isSearching())
        addNewest();
}

void LogLines::removeOldest()
{
    m_searchKey = qMax(m_searchKey, m_firstKey);
    while (!m_found.empty() && m_found.front().key < m_firstKey)
        m_found.pop_front();
    const int rows = rowFor(double(m_firstKey));
    if (rows == 0)
        return;
    beginRemoveRows({}, 0, rows - 1);
    for (int i = 0; i < rows; ++i) {
        m_hitCount -= m_shown.front().isHit ? 1 : 0;
        m_shown.pop_front();
    }
    endRemoveRows();
}

void LogLines::addNewest()
{
    Rows added;
    Shown row;
    for (m_nextKey = qMax(m_nextKey, m_firstKey); m_nextKey < endKey(); ++m_nextKey) {
        if (test(m_nextKey, &row))
            added.push_back(row);
    }
    if (added.empty())
        return;
    beginInsertRows({}, shownCount(), shownCount() + int(added.size()) - 1);
    for (const Shown &each : added) {
        m_hitCount += each.isHit ? 1 : 0;
        m_shown.push_back(each);
    }
    endInsertRows();
}

void LogLines::countLater()
{
    if (!m_countTimer.isActive())
        m_countTimer.start();
}

QVariantMap LogLines::typeCounts() const
{
    QVariantMap result;
    for (qsizetype i = 0; i < m_types.size(); ++i)
        result.insert(m_types.at(i), m_typeCounts.at(i));
    return result;
}

// One line ------------------------------------------------------------------------------------

QModelIndex LogLines::source(qint64 key) const
{
    // A line that has left may be shown for some milliseconds more.
    return m_source && key >= m_firstKey ? m_source->index(int(key - m_firstKey), 0)
                                         : QModelIndex();
}

QString LogLines::raw(qint64 key) const
{
    return source(key).data(m_textRole).toString();
}

LogLines::Line LogLines::line(qint64 key) const
{
    if (m_lineKey == key)
        return m_line;
    Line line;
    line.text = raw(key);
    const QJsonObject object = QJsonDocument::fromJson(line.text.toUtf8()).object();
    const QJsonValue text = object.value(QLatin1String("text"));
    if (text.isString()) {
        line.text = text.toString();
        line.job = object.value(QLatin1String("job")).toString();
        line.level = object.value(QLatin1String("level")).toString();
    }
    const QJsonValue time = object.value(QLatin1String("time"));
    line.time = time.isDouble() ? QDateTime::fromMSecsSinceEpoch(qint64(time.toDouble()))
                                : source(key).data(m_receivedRole).toDateTime();
    m_line = line;
    m_lineKey = key;
    return line;
}

QVariant LogLines::value(qint64 key, int role) const
{
    switch (role) {
    case KeyRole:
        return double(key);
    case NumberRole:
        return m_numbered ? source(key).data(m_idRole).toString() : QString::number(key + 1);
    case TypeRole:
        return source(key).data(m_typeRole);
    case Qt::DisplayRole:
    case TextRole:
        // One line, without the server's white space.
        return line(key).text.simplified();
    case JobRole:
        return line(key).job;
    case LevelRole:
        return line(key).level;
    case TimeRole:
        return line(key).time;
    case ProblemRole:
        return source(key).data(m_problemRole).toString();
    default:
        return {};
    }
}

int LogLines::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : shownCount();
}

QVariant LogLines::data(const QModelIndex &index, int role) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid)
            ? value(m_shown[size_t(index.row())].key, role)
            : QVariant();
}

QHash<int, QByteArray> LogLines::roleNames() const
{
    return {{KeyRole, "key"}, {NumberRole, "number"}, {TypeRole, "type"}, {TextRole, "text"},
            {JobRole, "job"}, {LevelRole, "level"},   {TimeRole, "time"}, {ProblemRole, "problem"}};
}

QVariantMap LogLines::get(int row) const
{
    QVariantMap result;
    if (row < 0 || row >= shownCount())
        return result;
    const qint64 key = m_shown[size_t(row)].key;
    const QHash<int, QByteArray> names = roleNames();
    for (auto it = names.cbegin(); it != names.cend(); ++it)
        result.insert(QString::fromLatin1(*it), value(key, it.key()));
    result.insert(QStringLiteral("raw"), raw(key));
    result.insert(QStringLiteral("lastEventId"), source(key).data(m_idRole));
    return result;
}

double LogLines::keyAt(int row) const
{
    return row < 0 || row >= shownCount() ? -1 : double(m_shown[size_t(row)].key);
}

int LogLines::rowFor(double key) const
{
    const auto found = std::lower_bound(m_shown.cbegin(), m_shown.cend(), qint64(key),
                                        [](const Shown &row, qint64 key) { return row.key < key; });
    return int(found - m_shown.cbegin());
}

bool LogLines::contains(double key) const
{
    return key >= 0 && keyAt(rowFor(key)) == key;
}

int LogLines::nextHit(int row, bool forward) const
{
    const int count = shownCount();
    for (int i = 1; i <= count && m_hitCount > 0; ++i) {
        const int next = ((forward ? row + i : row - i) % count + count) % count;
        if (m_shown[size_t(next)].isHit)
            return next;
    }
    return -1;
}

QString LogLines::marked(const QString &text, int length) const
{
    const qsizetype size = searchText().size();
    qsizetype hit = size > 0 ? m_matcher.indexIn(text) : -1;
    const qsizetype begin = hit >= 0 && hit + size > length ? qMax(0, hit - length / 3) : 0;
    const qsizetype end = qMin(text.size(), begin + length + 1); // the view elides it
    if (size == 0)
        return text.left(end);
    QString result = begin > 0 ? QStringLiteral("…") : QString();
    qsizetype from = begin;
    for (; hit >= 0 && hit < end; hit = m_matcher.indexIn(text, from)) {
        result += text.mid(from, hit - from).toHtmlEscaped() + QStringLiteral("<b><u>")
                + text.mid(hit, size).toHtmlEscaped() + QStringLiteral("</u></b>");
        from = hit + size;
    }
    return result + text.mid(from, qMax(0, end - from)).toHtmlEscaped();
}

void LogLines::copy(int firstRow, int lastRow) const
{
    QString text;
    for (int row = qMax(0, firstRow); row <= qMin(lastRow, shownCount() - 1); ++row) {
        const qint64 key = m_shown[size_t(row)].key;
        const Line line = this->line(key);
        for (const QString &part : {line.time.toString(QStringLiteral("yyyy-MM-dd hh:mm:ss.zzz")),
                                    value(key, TypeRole).toString().toUpper(), line.job}) {
            if (!part.isEmpty())
                text += part + QLatin1Char('\t');
        }
        text += line.text + QLatin1Char('\n');
    }
    text.chop(1);
    QGuiApplication::clipboard()->setText(text);
}

// The filter ----------------------------------------------------------------------------------

void LogLines::setHiddenTypes(const QStringList &types)
{
    if (m_hiddenTypes == types)
        return;
    m_hiddenTypes = types;
    for (qsizetype i = 0; i < m_types.size(); ++i)
        m_isHidden[i] = types.contains(m_types.at(i));
    filterAnew();
    Q_EMIT hiddenTypesChanged();
}

void LogLines::setSearchText(const QString &text)
{
    if (searchText() == text)
        return;
    m_matcher.setPattern(text);
    filterAnew();
    Q_EMIT searchTextChanged();
}

void LogLines::setOnlyHits(bool only)
{
    if (m_onlyHits == only)
        return;
    m_onlyHits = only;
    filterAnew();
    Q_EMIT onlyHitsChanged();
}

// Whether the line is shown.
bool LogLines::test(qint64 key, Shown *row) const
{
    if (m_isHidden.at(m_lineTypes[size_t(key - m_firstKey)]))
        return false;
    *row = {key, !searchText().isEmpty() && matches(key)};
    return row->isHit || !m_onlyHits || searchText().isEmpty();
}

bool LogLines::matches(qint64 key) const
{
    // To decode JSON takes much longer than to find no hit in it. A text with escapes may differ.
    const QString whole = raw(key);
    if (m_matcher.indexIn(whole) < 0 && !whole.contains(QLatin1Char('\\')))
        return false;
    return m_matcher.indexIn(value(key, TextRole).toString()) >= 0;
}

void LogLines::filterAnew()
{
    m_found.clear();
    m_searchKey = m_firstKey;
    if (!isSearching()) {
        m_search.start(0);
        Q_EMIT searchingChanged();
    }
}

void LogLines::searchOn()
{
    QElapsedTimer clock;
    clock.start();
    removeOldest();
    const qint64 end = endKey();
    Shown row;
    while (m_searchKey < end && clock.elapsed() < sliceTime) {
        const qint64 stop = qMin(end, m_searchKey + linesBetweenLooks);
        for (; m_searchKey < stop; ++m_searchKey) {
            if (test(m_searchKey, &row))
                m_found.push_back(row);
        }
    }
    if (m_searchKey == end)
        finishSearch();
}

void LogLines::finishSearch()
{
    m_search.stop();
    m_nextKey = m_searchKey;
    const bool isSame = m_found.size() >= m_shown.size()
            && std::equal(m_shown.cbegin(), m_shown.cend(), m_found.cbegin(),
                          [](const Shown &a, const Shown &b) { return a.key == b.key; });
    const int before = shownCount();
    const int after = int(m_found.size());
    if (!isSame)
        beginResetModel();
    else if (after > before)
        beginInsertRows({}, before, after - 1);
    m_shown = std::exchange(m_found, {});
    m_hitCount = int(std::count_if(m_shown.cbegin(), m_shown.cend(),
                                   [](const Shown &row) { return row.isHit; }));
    if (!isSame)
        endResetModel();
    else if (after > before)
        endInsertRows();
    m_countTimer.stop();
    Q_EMIT countsChanged();
    Q_EMIT searchingChanged();
}
