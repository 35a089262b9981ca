// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCEMODEL_H
#define EVENTSOURCEMODEL_H

#include "eventsourceglobal.h"
#include "eventsourcelistener.h"

#include <QtCore/qabstractitemmodel.h>
#include <QtCore/qstringlist.h>
#include <QtQml/qqmlparserstatus.h>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace EventSourcePrivate {
class ModelPrivate;
}

/// A stream as a list: one row for each event, or for each key.
class EVENTSOURCE_EXPORT EventSourceModel : public QAbstractListModel, public QQmlParserStatus
{
    Q_OBJECT
    Q_INTERFACES(QQmlParserStatus)
    QML_ELEMENT
    QML_ADDED_IN_VERSION(0, 1)

    Q_PROPERTY(EventSourceListener *listener READ listener WRITE setListener NOTIFY listenerChanged
                       FINAL)
    Q_PROPERTY(QStringList eventTypes READ eventTypes WRITE setEventTypes NOTIFY eventTypesChanged
                       FINAL)
    Q_PROPERTY(QStringList roles READ roles WRITE setRoles NOTIFY rolesChanged FINAL)
    Q_PROPERTY(int maximumCount READ maximumCount WRITE setMaximumCount NOTIFY maximumCountChanged
                       FINAL)
    Q_PROPERTY(Order order READ order WRITE setOrder NOTIFY orderChanged FINAL)
    Q_PROPERTY(QString keyField READ keyField WRITE setKeyField NOTIFY keyFieldChanged FINAL)
    Q_PROPERTY(QStringList removeTypes READ removeTypes WRITE setRemoveTypes NOTIFY
                       removeTypesChanged FINAL)
    Q_PROPERTY(QStringList resetTypes READ resetTypes WRITE setResetTypes NOTIFY resetTypesChanged
                       FINAL)
    Q_PROPERTY(bool paused READ isPaused WRITE setPaused NOTIFY pausedChanged FINAL)
    Q_PROPERTY(bool includeParseErrors READ includesParseErrors WRITE setIncludeParseErrors NOTIFY
                       includeParseErrorsChanged FINAL)
    Q_PROPERTY(int maximumTextLength READ maximumTextLength WRITE setMaximumTextLength NOTIFY
                       maximumTextLengthChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    /// Where new rows come.
    enum Order {
        Append, ///< after the last one
        Prepend ///< before the first one
    };
    Q_ENUM(Order)

    /// The roles of a row.
    enum Role {
        TypeRole = Qt::UserRole + 1, ///< the type of the event
        DataRole, ///< the decoded data
        TextRole, ///< the data as text
        LastEventIdRole, ///< the last id up to the event
        ReceivedRole, ///< date and time of arrival
        ProblemRole, ///< why the data are not JSON
        /// The first of the fields that the property roles names, in its order.
        FieldRole = Qt::UserRole + 100
    };
    Q_ENUM(Role)

    explicit EventSourceModel(QObject *parent = nullptr); ///< has no listener yet
    /// Joins the listener.
    explicit EventSourceModel(EventSourceListener *listener, QObject *parent = nullptr);
    ~EventSourceModel() override; ///< leaves the listener

    [[nodiscard]] EventSourceListener *listener() const; ///< whose events these are
    void setListener(EventSourceListener *listener); ///< null by default

    [[nodiscard]] QStringList eventTypes() const; ///< the types of events that make rows
    void setEventTypes(const QStringList &types); ///< empty by default: all types

    [[nodiscard]] QStringList roles() const; ///< the fields of JSON objects that are roles
    void setRoles(const QStringList &fields); ///< resets the model

    [[nodiscard]] int maximumCount() const; ///< the largest number of rows
    void setMaximumCount(int count); ///< 1000 by default, 0: no limit

    [[nodiscard]] Order order() const; ///< where new rows come
    void setOrder(Order order); ///< Append by default

    [[nodiscard]] QString keyField() const; ///< the field by which an event finds its row
    void setKeyField(const QString &field); ///< empty by default: one row per event

    [[nodiscard]] QStringList removeTypes() const; ///< events that remove the row with their key
    void setRemoveTypes(const QStringList &types); ///< none by default

    [[nodiscard]] QStringList resetTypes() const; ///< events that replace all rows
    void setResetTypes(const QStringList &types); ///< none by default

    [[nodiscard]] bool isPaused() const; ///< while true the rows do not change
    void setPaused(bool paused); ///< false by default

    [[nodiscard]] bool includesParseErrors() const; ///< whether an event that is not JSON is a row
    void setIncludeParseErrors(bool include); ///< false by default

    [[nodiscard]] int maximumTextLength() const; ///< what is kept of a text, in UTF-16 units
    void setMaximumTextLength(int length); ///< 0 by default: all

    [[nodiscard]] int count() const; ///< the number of rows

    Q_INVOKABLE void clear(); ///< removes all rows
    [[nodiscard]] Q_INVOKABLE QVariantMap get(int row) const; ///< the values of all roles
    [[nodiscard]] Q_INVOKABLE int indexOf(const QVariant &key) const; ///< the row, or -1

    [[nodiscard]] int rowCount(const QModelIndex &parent = QModelIndex()) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    void classBegin() override;
    void componentComplete() override;

Q_SIGNALS:
    void listenerChanged(); ///< listener has changed
    void eventTypesChanged(); ///< eventTypes has changed
    void rolesChanged(); ///< roles has changed
    void maximumCountChanged(); ///< maximumCount has changed
    void orderChanged(); ///< order has changed
    void keyFieldChanged(); ///< keyField has changed
    void removeTypesChanged(); ///< removeTypes has changed
    void resetTypesChanged(); ///< resetTypes has changed
    void pausedChanged(); ///< paused has changed
    void includeParseErrorsChanged(); ///< includeParseErrors has changed
    void maximumTextLengthChanged(); ///< maximumTextLength has changed
    void countChanged(); ///< count has changed

private:
    friend class EventSourcePrivate::ModelPrivate;

    std::unique_ptr<EventSourcePrivate::ModelPrivate> d;
};

#endif // EVENTSOURCEMODEL_H
