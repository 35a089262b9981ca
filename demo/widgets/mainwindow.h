// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef MAINWINDOW_H
#define MAINWINDOW_H

#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceModel>

#include <QtWidgets/qwidget.h>

#include <optional>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTreeView;
QT_END_NAMESPACE
class FleetSummary;

// The inspector of one stream: its address, its state, its events, and the data of one event.
class MainWindow : public QWidget
{
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);

    // Puts the address into its field and starts to listen.
    void listenTo(const QString &url);

private:
    QWidget *createAddressPart();
    QWidget *createStatusPart();
    QWidget *createEventPart();
    QWidget *createFooter();

    void start();
    void startOrStop();
    std::optional<QVariantMap> headersFromField();

    void showCount();
    void onError(const EventSourceError &error);
    void showStatus();
    void showProblem(const QString &text);
    void showDetails();
    void clearEvents();

    EventSourceListener m_listener;
    EventSourceModel m_events {&m_listener};
    qint64 m_received = 0;
    bool m_isAtEnd = true;

    QLineEdit *m_url;
    QPlainTextEdit *m_headers;
    QPushButton *m_startStop;
    QLabel *m_statusDot;
    QLabel *m_status;
    QLabel *m_problem;
    FleetSummary *m_fleet;
    QTreeView *m_eventView;
    QPlainTextEdit *m_details;
    QLabel *m_count;
};

#endif // MAINWINDOW_H
