// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "format/utf8_p.h"

#include <QtCore/qstringconverter.h>

namespace EventSourcePrivate {

QString textFromUtf8(QByteArrayView utf8)
{
    if (!utf8.startsWith("\xEF\xBB\xBF"))
        return QString::fromUtf8(utf8);
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder(utf8);
}

// WHATWG Encoding standard, "UTF-8 decoder": each maximal beginning of a character that does not go
// on as it should becomes one U+FFFD, and the byte that broke it is looked at again. Qt's decoders
// count differently, but agree on what is valid.
QByteArray toWellFormedUtf8(QByteArrayView bytes)
{
    if (bytes.isValidUtf8())
        return bytes.toByteArray();

    static constexpr char replacement[] = "\xEF\xBF\xBD";
    QByteArray result;
    result.reserve(bytes.size() + bytes.size() / 2);
    qsizetype start = 0; // of the present character
    int needed = 0; // bytes it still wants
    uchar lower = 0x80;
    uchar upper = 0xBF;
    for (qsizetype i = 0; i < bytes.size();) {
        const uchar byte = uchar(bytes[i]);
        if (needed == 0) {
            start = i++;
            if (byte < 0x80) {
                result.append(char(byte));
            } else if (byte >= 0xC2 && byte <= 0xDF) {
                needed = 1;
            } else if (byte >= 0xE0 && byte <= 0xEF) {
                needed = 2;
                if (byte == 0xE0)
                    lower = 0xA0; // shorter forms exist
                else if (byte == 0xED)
                    upper = 0x9F; // surrogates
            } else if (byte >= 0xF0 && byte <= 0xF4) {
                needed = 3;
                if (byte == 0xF0)
                    lower = 0x90;
                else if (byte == 0xF4)
                    upper = 0x8F; // past U+10FFFF
            } else {
                result.append(replacement);
            }
            continue;
        }
        const bool fits = byte >= lower && byte <= upper;
        lower = 0x80;
        upper = 0xBF;
        if (!fits) {
            needed = 0;
            result.append(replacement);
            continue; // with the same byte
        }
        ++i;
        if (--needed == 0)
            result.append(bytes.data() + start, i - start);
    }
    if (needed > 0)
        result.append(replacement);
    return result;
}

} // namespace EventSourcePrivate
