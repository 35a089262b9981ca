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

// A stream as a list: one row for each event, or for each key.
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
    // Where new rows come.
    enum Order {
        Append, // after the last one
        Prepend // before the first one
    };
    Q_ENUM(Order)

    // The fields that the roles property names have the numbers from FieldRole on, in its order.
    enum Role {
        TypeRole = Qt::UserRole + 1,
        DataRole,
        TextRole,
        LastEventIdRole,
        ReceivedRole,
        ProblemRole,
        FieldRole = Qt::UserRole + 100
    };
    Q_ENUM(Role)

    explicit EventSourceModel(QObject *parent = nullptr);
    explicit EventSourceModel(EventSourceListener *listener, QObject *parent = nullptr);
    ~EventSourceModel() override;

    [[nodiscard]] EventSourceListener *listener() const;
    void setListener(EventSourceListener *listener);

    [[nodiscard]] QStringList eventTypes() const;
    void setEventTypes(const QStringList &types);

    [[nodiscard]] QStringList roles() const;
    void setRoles(const QStringList &fields);

    [[nodiscard]] int maximumCount() const;
    void setMaximumCount(int count);

    [[nodiscard]] Order order() const;
    void setOrder(Order order);

    [[nodiscard]] QString keyField() const;
    void setKeyField(const QString &field);

    [[nodiscard]] QStringList removeTypes() const;
    void setRemoveTypes(const QStringList &types);

    [[nodiscard]] QStringList resetTypes() const;
    void setResetTypes(const QStringList &types);

    [[nodiscard]] bool isPaused() const;
    void setPaused(bool paused);

    [[nodiscard]] bool includesParseErrors() const;
    void setIncludeParseErrors(bool include);

    [[nodiscard]] int maximumTextLength() const;
    void setMaximumTextLength(int length);

    [[nodiscard]] int count() const;

    Q_INVOKABLE void clear();
    [[nodiscard]] Q_INVOKABLE QVariantMap get(int row) const;
    [[nodiscard]] Q_INVOKABLE int indexOf(const QVariant &key) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = QModelIndex()) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    void classBegin() override;
    void componentComplete() override;

Q_SIGNALS:
    void listenerChanged();
    void eventTypesChanged();
    void rolesChanged();
    void maximumCountChanged();
    void orderChanged();
    void keyFieldChanged();
    void removeTypesChanged();
    void resetTypesChanged();
    void pausedChanged();
    void includeParseErrorsChanged();
    void maximumTextLengthChanged();
    void countChanged();

private:
    friend class EventSourcePrivate::ModelPrivate;

    std::unique_ptr<EventSourcePrivate::ModelPrivate> d;
};

#endif // EVENTSOURCEMODEL_H
