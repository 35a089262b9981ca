// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "console.h"

#include "color.h"

#ifdef Q_OS_UNIX
#  include <unistd.h>
#endif

using namespace Qt::StringLiterals;

Console::Console(const Options &options)
    : m_isQuiet(options.quiet), m_hasColors(hasColors(options.color, stderr))
{
}

void Console::note(const QString &text) const
{
    if (!m_isQuiet)
        write(text, Color::Note);
}

void Console::report(const QString &text) const
{
    write(text, Color::None);
}

void Console::error(const QString &text) const
{
    write("error: "_L1 + text, Color::Error);
}

void Console::write(const QString &text, const char *color) const
{
    const QString line = "eventsource-tail: "_L1 + text;
    std::fputs((m_hasColors ? colored(line, color) : line).toLocal8Bit() + '\n', stderr);
}

bool isTerminal([[maybe_unused]] FILE *stream)
{
#ifdef Q_OS_UNIX
    return ::isatty(::fileno(stream)) == 1;
#else
    return false;
#endif
}

bool hasColors(Options::Color color, FILE *stream)
{
    if (color != Options::AutoColor)
        return color == Options::AlwaysColor;
    return isTerminal(stream) && qEnvironmentVariableIsEmpty("NO_COLOR")
            && qgetenv("TERM") != "dumb";
}

QString harmless(const QString &text)
{
    constexpr qsizetype longest = 500;
    QString out = withoutControls(text.left(longest).simplified());
    if (text.size() > longest)
        out += u'…';
    return out;
}

QString withoutControls(const QString &text)
{
    QString out = text;
    for (QChar &c : out) {
        if (c.category() == QChar::Other_Control && c != u'\n' && c != u'\t')
            c = QChar::ReplacementCharacter;
    }
    return out;
}

QString joined(const QString &first, const QString &second)
{
    const bool isSentence = first.endsWith(u'.') || first.endsWith(u'?') || first.endsWith(u'!')
            || first.endsWith(u'…');
    return first + (isSentence ? " "_L1 : ". "_L1) + second;
}
