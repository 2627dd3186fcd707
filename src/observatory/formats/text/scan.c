/*
 * The innermost loop of reading text in columns: where a field ends, which word it is, which number.
 *
 * Everything that judges stays in Python. Here a block of plain lines becomes numbers, and whatever is not plain
 * (a line with another count of fields, a number spelt oddly, a word too many) ends the work with REFUSED: the block is
 * then read by the slower way, which knows the reason and names the line. Nothing outside [text, text + size) is read,
 * and nothing past `capacity` rows is written. See scan.py, which calls this, and decision 0017, which says why.
 */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define REFUSED (-1)
#define SLOTS 32768u    /* a power of two, twice MOST_WORDS: a free slot is always near */
#define MOST_WORDS 16384u
#define MOST_COLUMNS 256

/* The different words of a column, numbered from 1 in the order in which they come; 0 is the empty field. */
typedef struct {
    uint32_t slots[SLOTS];
    uint32_t starts[MOST_WORDS];
    uint32_t lengths[MOST_WORDS];
    uint32_t count;
} Words;

uint64_t size_of_words(void) { return sizeof(Words); }

int64_t count_lines(const uint8_t *text, uint64_t size)
{
    int64_t count = 0;
    for (uint64_t at = 0; at < size; at++)
        count += text[at] == '\n';
    return count + (size > 0 && text[size - 1] != '\n');
}

static uint32_t hashed(const uint8_t *word, uint32_t length)
{
    uint64_t hash = length, part;
    while (length >= 8) {
        memcpy(&part, word, 8);
        hash = (hash ^ part) * 0xff51afd7ed558ccdull;
        hash ^= hash >> 32;
        word += 8;
        length -= 8;
    }
    part = 0;
    memcpy(&part, word, length);
    hash = (hash ^ part) * 0xff51afd7ed558ccdull;
    return (uint32_t)(hash ^ (hash >> 32));
}

/* The number of a word, which is remembered if it is new; 0 if there are too many. */
static uint32_t number_of(Words *words, const uint8_t *text, uint64_t start, uint32_t length)
{
    uint32_t slot = hashed(text + start, length) & (SLOTS - 1);
    for (uint32_t number; (number = words->slots[slot]) != 0; slot = (slot + 1) & (SLOTS - 1))
        if (words->lengths[number - 1] == length && !memcmp(text + words->starts[number - 1], text + start, length))
            return number;
    if (words->count == MOST_WORDS)
        return 0;
    words->starts[words->count] = (uint32_t)start;
    words->lengths[words->count] = length;
    return words->slots[slot] = ++words->count;
}

/* A number of more digits than a double holds, or with an exponent: C's own way, which takes time. */
static int read_long_number(const uint8_t *field, const uint8_t *end, double *value)
{
    char copy[64], *stopped;
    size_t length = (size_t)(end - field);
    if (length >= sizeof copy)
        return 0;
    memcpy(copy, field, length);
    copy[length] = 0;
    if (strspn(copy, "+-.0123456789eE") != length)
        return 0;
    *value = strtod(copy, &stopped);
    return stopped == copy + length && isfinite(*value);
}

/* Digits, and one decimal point, and nothing else. Whether [field, end) is that, or spelt so that strtod reads it. */
static int read_number(const uint8_t *field, const uint8_t *end, double *value)
{
    static const double tens[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const uint8_t *at = field;
    uint64_t digits = 0;
    int count = 0, decimals = 0;
    int negative = at < end && *at == '-';
    at += negative || (at < end && *at == '+');
    for (; at < end && (uint8_t)(*at - '0') < 10; at++, count++)
        digits = digits * 10 + (uint64_t)(*at - '0');
    if (at < end && *at == '.')
        for (at++; at < end && (uint8_t)(*at - '0') < 10; at++, count++, decimals++)
            digits = digits * 10 + (uint64_t)(*at - '0');
    if (count == 0)
        return 0;
    if (at < end || count > 15)
        return read_long_number(field, end, value);
    /* Fifteen digits and a power of ten are exact as doubles, so their quotient is the nearest double there is. */
    *value = negative ? -((double)digits / tens[decimals]) : (double)digits / tens[decimals];
    return 1;
}

/* How many bytes two texts of `size` bytes have in common from their beginning. */
static uint64_t common(const uint8_t *one, const uint8_t *other, uint64_t size)
{
    uint64_t at = 0, a, b;
    for (; at + 8 <= size; at += 8) {
        memcpy(&a, one + at, 8);
        memcpy(&b, other + at, 8);
        if (a != b)
            break;
    }
    while (at < size && one[at] == other[at])
        at++;
    return at;
}

/*
 * Lines of `columns` fields. The role of a column is 0 for one to skip, k for the k-th column of words, counted from 1,
 * or -k for the k-th column of numbers. Of line n the numbers of its words go to words_of[k - 1][n], and its numbers to
 * values[k - 1][n], with bit n of known[k - 1] set where there is one. Bit n of `changed` is set where line n says
 * another thing in a column of words that is `watched` than the line before, and for the first line. A line mostly
 * begins as the line before it: what is the same is not looked at again. Gives the number of lines.
 */
int64_t read_lines(const uint8_t *text, uint64_t size, uint8_t delimiter, int32_t columns, const int32_t *roles,
                   int64_t capacity, int32_t word_columns, uint32_t *const *words_of, Words *words,
                   const uint8_t *watched, uint8_t *changed, int32_t number_columns, double *const *values,
                   uint8_t *const *known)
{
    uint64_t ends[MOST_COLUMNS]; /* where the fields of the line before end, from its beginning */
    uint32_t word[MOST_COLUMNS] = {0}; /* what the line says now */
    double value[MOST_COLUMNS] = {0};
    uint8_t has_value[MOST_COLUMNS] = {0};
    uint64_t before = 0, length = 0, start = 0;
    int64_t line = 0;
    if (columns < 1 || columns > MOST_COLUMNS || word_columns > columns || number_columns > columns)
        return REFUSED;
    if (size > UINT32_MAX)
        return REFUSED;
    for (; start < size; line++) {
        if (line == capacity)
            return REFUSED;
        uint64_t field = start;
        int32_t column = 0;
        int differs = line == 0;
        if (line > 0) {
            uint64_t same = common(text + before, text + start, length < size - start ? length : size - start);
            while (column < columns - 1 && ends[column] < same)
                column++;
            if (column > 0)
                field = start + ends[column - 1] + 1;
        }
        for (; column < columns; column++) {
            uint64_t end = field;
            while (end < size && text[end] != delimiter && text[end] != '\n')
                end++;
            int last = column == columns - 1;
            if (last ? end < size && text[end] != '\n' : end == size || text[end] != delimiter)
                return REFUSED;
            uint64_t stop = last && end > field && text[end - 1] == '\r' ? end - 1 : end;
            int32_t role = roles[column];
            if (role < 0) {
                int32_t place = -role - 1;
                value[place] = 0;
                has_value[place] = stop > field;
                if (stop > field && !read_number(text + field, text + stop, &value[place]))
                    return REFUSED;
            } else if (role > 0) {
                uint32_t number = 0;
                if (stop > field && !(number = number_of(&words[role - 1], text, field, (uint32_t)(stop - field))))
                    return REFUSED;
                differs |= watched[role - 1] && number != word[role - 1];
                word[role - 1] = number;
            }
            ends[column] = end - start;
            field = end + 1;
        }
        for (int32_t place = 0; place < word_columns; place++)
            words_of[place][line] = word[place];
        for (int32_t place = 0; place < number_columns; place++) {
            values[place][line] = value[place];
            if (has_value[place])
                known[place][line >> 3] |= (uint8_t)(1u << (line & 7));
        }
        if (differs)
            changed[line >> 3] |= (uint8_t)(1u << (line & 7));
        before = start;
        length = field - 1 - start;
        start = field;
    }
    return line;
}

/*
 * Lines of a key of `keys` codes parted by commas and then `columns` cells, each "value blank letters" after a tab; the
 * value is a number or a colon. Cell c of line n goes to place c * lines + n of `values`, `known` and `letters`, and
 * the numbers of its k-th code to words_of[k - 1][n]. `words` holds the words of each code and then of the letters.
 * Gives the number of lines, which has to be `lines`.
 */
int64_t read_cells(const uint8_t *text, uint64_t size, int32_t keys, int32_t columns, int64_t lines,
                   uint32_t *const *words_of, Words *words, double *values, uint8_t *known, uint32_t *letters)
{
    uint64_t at = 0;
    int64_t line = 0;
    if (size > UINT32_MAX)
        return REFUSED;
    for (; at < size; line++) {
        if (line == lines)
            return REFUSED;
        for (int32_t key = 0; key < keys; key++) {
            uint8_t closing = key < keys - 1 ? ',' : '\t';
            uint64_t start = at;
            while (at < size && text[at] > ' ' && text[at] != ',')
                at++;
            if (at == size || text[at] != closing || at == start)
                return REFUSED;
            if (!(words_of[key][line] = number_of(&words[key], text, start, (uint32_t)(at - start))))
                return REFUSED;
            at++;
        }
        for (int32_t column = 0; column < columns; column++) {
            int64_t place = column * lines + line;
            uint64_t start = at;
            while (at < size && text[at] > ' ')
                at++;
            if (at == size || text[at] != ' ' || at == start)
                return REFUSED;
            values[place] = 0;
            if (text[start] != ':' || at > start + 1) {
                if (!read_number(text + start, text + at, &values[place]))
                    return REFUSED;
                known[place >> 3] |= (uint8_t)(1u << (place & 7));
            }
            start = ++at;
            while (at < size && text[at] > ' ') {
                if (text[at] == ':' || text[at] == ',' || (uint8_t)(text[at] - '0') < 10)
                    return REFUSED;
                at++;
            }
            letters[place] = 0;
            if (at > start && !(letters[place] = number_of(&words[keys], text, start, (uint32_t)(at - start))))
                return REFUSED;
            if (column == columns - 1 && at < size && text[at] == '\r')
                at++;
            if (at < size ? text[at] != (column == columns - 1 ? '\n' : '\t') : column < columns - 1)
                return REFUSED;
            at++;
        }
    }
    return line;
}

/* Whether a number is spelt as in JSON: a digit at its beginning and after its point, and no 0 before other digits. */
static int is_json_number(const uint8_t *field, const uint8_t *end)
{
    field += *field == '-';
    if (field == end || (uint8_t)(*field - '0') > 9)
        return 0;
    if (*field == '0' && end - field > 1 && (uint8_t)(field[1] - '0') < 10)
        return 0;
    const uint8_t *point = memchr(field, '.', (size_t)(end - field));
    return !point || (point + 1 < end && (uint8_t)(point[1] - '0') < 10);
}

/*
 * The inside of an object of JSON: `"7":1.5,"9":2`, or with `words` instead of `values` `"7":"b","9":"e"`, without a
 * blank, a null or an escape. Of pair n the position goes to places[n], the number to values[n], the word's number to
 * word[n]. Gives the number of pairs.
 */
int64_t read_pairs(const uint8_t *text, uint64_t size, int64_t capacity, uint32_t *places, double *values,
                   uint32_t *word, Words *words)
{
    uint64_t at = 0;
    int64_t pair = 0;
    if (size > UINT32_MAX)
        return REFUSED;
    for (; at < size; pair++) {
        uint32_t place = 0;
        int digits = 0;
        if (pair == capacity || text[at++] != '"')
            return REFUSED;
        for (; at < size && (uint8_t)(text[at] - '0') < 10; at++, digits++)
            place = place * 10 + (uint32_t)(text[at] - '0');
        if (digits < 1 || digits > 9 || size - at < 3 || text[at] != '"' || text[at + 1] != ':')
            return REFUSED;
        places[pair] = place;
        at += 2;
        uint64_t start = at;
        if (values) {
            while (at < size && text[at] != ',')
                at++;
            const uint8_t *number = text + start, *end = text + at;
            if (at == start || !is_json_number(number, end) || !read_number(number, end, &values[pair]))
                return REFUSED;
        } else {
            if (text[at++] != '"')
                return REFUSED;
            start = at;
            while (at < size && text[at] != '"' && text[at] != '\\' && text[at] >= ' ')
                at++;
            if (at == size || text[at] != '"' || at == start)
                return REFUSED;
            if (!(word[pair] = number_of(words, text, start, (uint32_t)(at - start))))
                return REFUSED;
            at++;
        }
        if (at < size && (text[at++] != ',' || at == size))
            return REFUSED;
    }
    return pair;
}
