// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef LOGLINES_H
#define LOGLINES_H

#include <QtCore/qabstractitemmodel.h>
#include <QtCore/qdatetime.h>
#include <QtCore/qpointer.h>
#include <QtCore/qstringlist.h>
#include <QtCore/qstringmatcher.h>
#include <QtCore/qtimer.h>
#include <QtQml/qqmlregistration.h>

#include <deque>

// The rows of an EventSourceModel as lines of a log, filtered by type and by text:
//
//     LogLines { sourceModel: events; hiddenTypes: ["debug"]; searchText: field.text }
//
// The source appends its rows, and only its oldest ones leave. A line that is JSON with a member
// "text" shows this member; "job", "level" and "time" are optional. Any other line shows all of it.
//
// A hundred thousand lines are searched a few milliseconds at a time, so the window goes on. The
// former lines are shown until the new ones are known.
class LogLines : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT

    Q_PROPERTY(QAbstractItemModel *sourceModel READ sourceModel WRITE setSourceModel NOTIFY
                       sourceModelChanged FINAL)

    // The filter. A text is found in any case; the lines without it stay unless onlyHits.
    Q_PROPERTY(QStringList hiddenTypes READ hiddenTypes WRITE setHiddenTypes NOTIFY
                       hiddenTypesChanged FINAL)
    Q_PROPERTY(
            QString searchText READ searchText WRITE setSearchText NOTIFY searchTextChanged FINAL)
    Q_PROPERTY(bool onlyHits READ onlyHits WRITE setOnlyHits NOTIFY onlyHitsChanged FINAL)
    Q_PROPERTY(bool searching READ isSearching NOTIFY searchingChanged FINAL)

    // The event ids are the numbers of the lines. Else they are counted as they come.
    Q_PROPERTY(bool numbered MEMBER m_numbered NOTIFY numberedChanged FINAL)

    // What there is. The figures change ten times a second at most.
    Q_PROPERTY(QStringList types READ types NOTIFY typesChanged FINAL)
    Q_PROPERTY(QVariantMap typeCounts READ typeCounts NOTIFY countsChanged FINAL)
    Q_PROPERTY(int totalCount READ totalCount NOTIFY countsChanged FINAL)
    Q_PROPERTY(int shownCount READ shownCount NOTIFY countsChanged FINAL)
    Q_PROPERTY(int hitCount READ hitCount NOTIFY countsChanged FINAL)

    Q_PROPERTY(QString fixedFontFamily READ fixedFontFamily CONSTANT FINAL)

public:
    enum Role {
        KeyRole = Qt::UserRole + 1, // of the line, while it is there; rises from line to line
        NumberRole,
        TypeRole,
        TextRole,
        JobRole,
        LevelRole,
        TimeRole,
        ProblemRole // why the line is not JSON
    };

    explicit LogLines(QObject *parent = nullptr);

    QAbstractItemModel *sourceModel() const { return m_source; }
    void setSourceModel(QAbstractItemModel *model);

    QStringList hiddenTypes() const { return m_hiddenTypes; }
    void setHiddenTypes(const QStringList &types);
    QString searchText() const { return m_matcher.pattern(); }
    void setSearchText(const QString &text);
    bool onlyHits() const { return m_onlyHits; }
    void setOnlyHits(bool only);
    bool isSearching() const { return m_search.isActive(); }

    // The name of the last one may be "other": all types that came later.
    QStringList types() const { return m_types; }
    QVariantMap typeCounts() const;
    int totalCount() const { return int(m_lineTypes.size()); }
    int shownCount() const { return int(m_shown.size()); }
    int hitCount() const { return m_hitCount; }

    static QString fixedFontFamily();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    // All roles, and the data as they came as "raw"; empty if there is no such row.
    Q_INVOKABLE QVariantMap get(int row) const;
    Q_INVOKABLE double keyAt(int row) const; // -1 without such a row
    // The row of the line, or if it is not shown the next one that is; rowCount() after the last.
    Q_INVOKABLE int rowFor(double key) const;
    Q_INVOKABLE bool contains(double key) const;
    // The nearest hit after or before the row, around the ends if need be; -1 if there is none.
    Q_INVOKABLE int nextHit(int row, bool forward) const;
    // About so many characters of a text: without a search its beginning, else HTML with the hits in
    // bold, which begins shortly before the first hit if that is further behind.
    Q_INVOKABLE QString marked(const QString &text, int length) const;
    // To the clipboard, one line for each row.
    Q_INVOKABLE void copy(int firstRow, int lastRow) const;

Q_SIGNALS:
    void sourceModelChanged();
    void hiddenTypesChanged();
    void searchTextChanged();
    void onlyHitsChanged();
    void searchingChanged();
    void numberedChanged();
    void typesChanged();
    void countsChanged();

private:
    struct Shown
    {
        qint64 key;
        bool isHit;
    };
    using Rows = std::deque<Shown>;

    struct Line
    {
        QString text;
        QString job;
        QString level;
        QDateTime time;
        bool isJson = false;
    };

    QModelIndex source(qint64 key) const;
    QString raw(qint64 key) const;
    Line line(qint64 key) const;
    QVariant value(qint64 key, int role) const;

    void takeTypes(qsizetype end);
    qint64 endKey() const { return m_firstKey + qint64(m_lineTypes.size()); }
    void showSoon();
    void catchUp();
    void show();
    void removeOldest();
    void addNewest();
    void reset();

    bool test(qint64 key, Shown *row) const;
    bool matches(qint64 key) const;
    void filterAnew();
    void searchOn();
    void finishSearch();
    void countLater();

    QPointer<QAbstractItemModel> m_source;
    int m_typeRole = -1;
    int m_textRole = -1;
    int m_idRole = -1;
    int m_receivedRole = -1;
    int m_problemRole = -1;

    qint64 m_firstKey = 0; // of the source's first row
    std::deque<quint8> m_lineTypes; // of the source's rows: indexes of m_types
    QStringList m_types;
    QList<int> m_typeCounts;
    QList<bool> m_isHidden;

    QStringList m_hiddenTypes;
    QStringMatcher m_matcher {QString(), Qt::CaseInsensitive};
    bool m_onlyHits = false;
    bool m_numbered = false;

    Rows m_shown;
    int m_hitCount = 0;
    Rows m_found; // by the search so far
    qint64 m_searchKey = 0; // where it is
    QTimer m_search;
    QTimer m_countTimer;

    qint64 m_nextKey = 0; // of the first line that is not shown or filtered yet
    QTimer m_showTimer;
    bool m_isBehind = false;

    mutable Line m_line; // the last one that was read: a view wants all roles of a row
    mutable qint64 m_lineKey = -1;
};

#endif // LOGLINES_H
