// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "mainwindow.h"

#include "eventtable.h"
#include "fleetsummary.h"

#include <EventSource/EventSourceError>

#include <QtCore/qjsondocument.h>
#include <QtGui/qfontdatabase.h>
#include <QtGui/qpainter.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qscrollbar.h>
#include <QtWidgets/qsplitter.h>
#include <QtWidgets/qtreeview.h>

namespace {

QPixmap dot(const QColor &color, qreal ratio)
{
    constexpr int size = 12;
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QRectF(1, 1, size - 2, size - 2));
    return pixmap;
}

// JSON with indentation; other text unchanged.
QString readable(const QModelIndex &row)
{
    const QString text = row.data(EventSourceModel::TextRole).toString();
    const auto document = QJsonDocument::fromJson(text.toUtf8());
    return document.isNull() ? text : QString::fromUtf8(document.toJson());
}

} // namespace

MainWindow::MainWindow(QWidget *parent) : QWidget(parent)
{
    setWindowTitle(tr("EventSource"));
    resize(900, 640);

    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(createAddressPart());
    layout->addWidget(createStatusPart());
    layout->addWidget(createEventPart(), 1);
    layout->addWidget(createFooter());

    m_listener.setLazy(true);
    connect(&m_listener, &EventSourceListener::message, this, [this] { ++m_received; });
    connect(&m_listener, &EventSourceListener::parseError, this,
            [this](const EventSourceEvent &event) {
                // JSON that is none of the fleet's messages is reported too, and was counted above.
                if (event.data().isUndefined())
                    ++m_received;
            });
    connect(&m_listener, &EventSourceListener::error, this, &MainWindow::onError);
    connect(&m_listener, &EventSourceListener::opened, this, [this] { showProblem({}); });
    for (const auto change :
         {&EventSourceListener::statusChanged, &EventSourceListener::activeChanged,
          &EventSourceListener::retryInChanged, &EventSourceListener::lastEventIdChanged}) {
        connect(&m_listener, change, this, &MainWindow::showStatus);
    }
    showStatus();
    showProblem({});
    clearEvents();
}

void MainWindow::listenTo(const QString &url)
{
    m_url->setText(url);
    start();
}

QWidget *MainWindow::createAddressPart()
{
    m_url = new QLineEdit;
    m_url->setObjectName(QStringLiteral("url"));
    m_url->setPlaceholderText(tr("https://example.com/events"));
    m_url->setClearButtonEnabled(true);
    connect(m_url, &QLineEdit::returnPressed, this, &MainWindow::start);

    m_startStop = new QPushButton;
    m_startStop->setObjectName(QStringLiteral("startStop"));
    connect(m_startStop, &QPushButton::clicked, this, &MainWindow::startOrStop);

    m_headers = new QPlainTextEdit;
    m_headers->setObjectName(QStringLiteral("headers"));
    m_headers->setPlaceholderText(tr("Authorization: Bearer …   (one header per line)"));
    m_headers->setTabChangesFocus(true);
    m_headers->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_headers->setFixedHeight(m_headers->fontMetrics().lineSpacing() * 2 + 14);

    auto address = new QHBoxLayout;
    address->addWidget(m_url, 1);
    address->addWidget(m_startStop);

    auto part = new QWidget;
    auto form = new QFormLayout(part);
    form->setContentsMargins(0, 0, 0, 0);
    auto urlLabel = new QLabel(tr("&URL"));
    urlLabel->setBuddy(m_url);
    form->addRow(urlLabel, address);
    auto headersLabel = new QLabel(tr("&Headers"));
    headersLabel->setBuddy(m_headers);
    form->addRow(headersLabel, m_headers);
    return part;
}

QWidget *MainWindow::createStatusPart()
{
    m_statusDot = new QLabel;
    m_status = new QLabel;
    m_status->setObjectName(QStringLiteral("status"));
    m_status->setTextFormat(Qt::PlainText);

    // Text from a server is never markup.
    m_problem = new QLabel;
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_problem->setWordWrap(true);
    m_problem->setFrameShape(QFrame::StyledPanel);
    m_problem->setMargin(8);
    m_problem->setAutoFillBackground(true);
    m_problem->setBackgroundRole(QPalette::ToolTipBase);
    m_problem->setForegroundRole(QPalette::ToolTipText);

    auto line = new QHBoxLayout;
    line->addWidget(m_statusDot);
    line->addWidget(m_status, 1);

    m_fleet = new FleetSummary(&m_listener);
    m_fleet->setObjectName(QStringLiteral("fleet"));

    auto part = new QWidget;
    auto layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(line);
    layout->addWidget(m_problem);
    layout->addWidget(m_fleet);
    return part;
}

QWidget *MainWindow::createEventPart()
{
    m_eventView = new QTreeView;
    m_eventView->setObjectName(QStringLiteral("events"));
    m_eventView->setAccessibleName(tr("Events"));
    m_events.setIncludeParseErrors(true);
    m_eventView->setModel(new EventTable(&m_events, this));
    // Follow the newest event only if the user is not looking at older ones.
    connect(&m_events, &EventSourceModel::rowsAboutToBeInserted, this, [this] {
        const QScrollBar *scrollBar = m_eventView->verticalScrollBar();
        m_isAtEnd = scrollBar->value() == scrollBar->maximum();
    });
    connect(&m_events, &EventSourceModel::rowsInserted, this, [this] {
        showCount();
        if (m_isAtEnd)
            m_eventView->scrollToBottom();
    });
    m_eventView->setRootIsDecorated(false);
    m_eventView->setUniformRowHeights(true);
    m_eventView->setAlternatingRowColors(true);
    m_eventView->setAllColumnsShowFocus(true);
    const int digit = m_eventView->fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_eventView->setColumnWidth(EventTable::TimeColumn, digit * 15);
    m_eventView->setColumnWidth(EventTable::TypeColumn, digit * 14);
    m_eventView->setColumnWidth(EventTable::IdColumn, digit * 16);
    connect(m_eventView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &MainWindow::showDetails);

    m_details = new QPlainTextEdit;
    m_details->setObjectName(QStringLiteral("details"));
    m_details->setAccessibleName(tr("Details"));
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_details->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_details->setPlaceholderText(tr("Select an event to see all of it."));

    auto splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_eventView);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    return splitter;
}

QWidget *MainWindow::createFooter()
{
    m_count = new QLabel;
    m_count->setObjectName(QStringLiteral("count"));

    auto clear = new QPushButton(tr("&Clear"));
    clear->setObjectName(QStringLiteral("clear"));
    connect(clear, &QPushButton::clicked, this, &MainWindow::clearEvents);

    auto part = new QWidget;
    auto layout = new QHBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_count, 1);
    layout->addWidget(clear);
    return part;
}

void MainWindow::start()
{
    const QString text = m_url->text().trimmed();
    if (text.isEmpty()) {
        showProblem(tr("Type the URL of a stream first, such as https://example.com/events."));
        m_url->setFocus();
        return;
    }
    const std::optional<QVariantMap> headers = headersFromField();
    if (!headers)
        return;

    showProblem({});
    m_listener.setHeaders(*headers);
    // Strict: the listener reports what is wrong with the address, and QUrl does not correct it.
    m_listener.setUrl(QUrl(text, QUrl::StrictMode));
    // Also when it is running: Enter in the URL field reconnects now.
    m_listener.restart();
}

void MainWindow::startOrStop()
{
    if (m_listener.isActive()) {
        m_listener.stopListening();
        showProblem({});
    } else {
        start();
    }
}

std::optional<QVariantMap> MainWindow::headersFromField()
{
    QVariantMap headers;
    const QStringList lines = m_headers->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const qsizetype colon = line.indexOf(QLatin1Char(':'));
        const QString name = line.left(colon).trimmed();
        if (colon < 0 || name.isEmpty()) {
            showProblem(tr("The header “%1” has no %2. Write it as “Name: value”.")
                                .arg(line, colon < 0 ? tr("colon") : tr("name")));
            m_headers->setFocus();
            return std::nullopt;
        }
        headers.insert(name, line.mid(colon + 1).trimmed());
    }
    return headers;
}

void MainWindow::showCount()
{
    if (m_received == 0)
        m_count->setText(tr("No events yet"));
    else if (m_received == 1)
        m_count->setText(tr("1 event"));
    else if (m_received <= m_events.maximumCount())
        m_count->setText(tr("%L1 events").arg(m_received));
    else
        m_count->setText(tr("%L1 events, the latest %L2 shown")
                                 .arg(m_received)
                                 .arg(m_events.maximumCount()));
}

void MainWindow::onError(const EventSourceError &error)
{
    QString text = error.message();
    if (!error.body().isEmpty())
        text += tr("\nThe server says: %1").arg(error.body().left(500).simplified());
    showProblem(text);
}

void MainWindow::showStatus()
{
    const bool active = m_listener.isActive();
    m_startStop->setText(active ? tr("&Stop") : tr("&Start"));

    QString text;
    QColor color;
    switch (m_listener.status()) {
    case EventSourceListener::Closed:
        text = active ? tr("No URL yet") : tr("Closed");
        color = QColor(0x8a, 0x8f, 0x98);
        break;
    case EventSourceListener::Connecting:
        text = tr("Connecting …");
        color = QColor(0xe0, 0x9f, 0x1f);
        break;
    case EventSourceListener::Open:
        text = tr("Open");
        color = QColor(0x2e, 0xa0, 0x4f);
        break;
    case EventSourceListener::Waiting:
        text = m_listener.retryIn() < 0
                ? tr("Waiting for other headers or another URL")
                : tr("Waiting, next attempt in %1 s").arg((m_listener.retryIn() + 999) / 1000);
        color = QColor(0xe0, 0x9f, 0x1f);
        break;
    }
    if (!m_listener.lastEventId().isEmpty())
        text += tr(" · last event id %1").arg(m_listener.lastEventId().left(60));
    m_status->setText(text);
    m_statusDot->setPixmap(dot(color, devicePixelRatio()));
}

void MainWindow::showProblem(const QString &text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

void MainWindow::showDetails()
{
    const QModelIndex current = m_eventView->currentIndex();
    if (!current.isValid()) {
        m_details->clear();
        return;
    }
    const QString problem = current.data(EventSourceModel::ProblemRole).toString();
    QString text = readable(current);
    if (!problem.isEmpty())
        text = tr("Not JSON: %1\n\n%2").arg(problem, text);
    m_details->setPlainText(text);
}

void MainWindow::clearEvents()
{
    m_events.clear();
    m_fleet->clear();
    m_received = 0;
    showCount();
    m_details->clear();
}
