/* What libical reads in a calendar: an .ics on standard input, one JSON array of events on
 * standard output.  Instants are UTC seconds as libical resolves the TZID, from the VTIMEZONE of
 * the stream.  Exit 1 where libical found an error in the stream or its own restriction check
 * fails, with the reason on standard error.
 *
 * Build: cc libical_reader.c -o libical_reader $(pkg-config --cflags --libs libical)
 */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static void put_text(const char *text)
{
    if (text == NULL) {
        fputs("null", stdout);
        return;
    }
    putchar('"');
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '"' || *c == '\\')
            printf("\\%c", *c);
        else if (*c < 0x20)
            printf("\\u%04x", *c);
        else
            putchar(*c);
    }
    putchar('"');
}

static void put_time(icalcomponent *event, icalproperty_kind kind)
{
    icalproperty *property = icalcomponent_get_first_property(event, kind);
    if (property == NULL) {
        fputs("null", stdout);
        return;
    }
    struct icaltimetype time = icalproperty_get_datetime_with_component(property, event);
    if (icaltime_is_date(time))
        printf("[\"date\",\"%04d-%02d-%02d\"]", time.year, time.month, time.day);
    else if (time.zone == NULL)
        fputs("[\"floating\",null]", stdout);
    else
        printf("[\"utc\",%lld]", (long long)icaltime_as_timet_with_zone(time, time.zone));
}

static const char *text_of(icalcomponent *event, icalproperty_kind kind)
{
    icalproperty *property = icalcomponent_get_first_property(event, kind);
    return property ? icalvalue_get_text(icalproperty_get_value(property)) : NULL;
}

static void put_event(icalcomponent *event)
{
    icalproperty *property;
    const char *separator = "";

    fputs("{\"uid\":", stdout);
    put_text(icalcomponent_get_uid(event));
    fputs(",\"summary\":", stdout);
    put_text(text_of(event, ICAL_SUMMARY_PROPERTY));
    fputs(",\"description\":", stdout);
    put_text(text_of(event, ICAL_DESCRIPTION_PROPERTY));
    fputs(",\"location\":", stdout);
    put_text(text_of(event, ICAL_LOCATION_PROPERTY));
    fputs(",\"status\":", stdout);
    property = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);
    put_text(property ? icalproperty_get_value_as_string(property) : NULL);
    property = icalcomponent_get_first_property(event, ICAL_SEQUENCE_PROPERTY);
    printf(",\"sequence\":%d", property ? icalproperty_get_sequence(property) : 0);
    fputs(",\"start\":", stdout);
    put_time(event, ICAL_DTSTART_PROPERTY);
    fputs(",\"end\":", stdout);
    put_time(event, ICAL_DTEND_PROPERTY);
    fputs(",\"categories\":[", stdout);
    /* libical splits a list of categories into a property each. */
    for (property = icalcomponent_get_first_property(event, ICAL_CATEGORIES_PROPERTY); property;
         property = icalcomponent_get_next_property(event, ICAL_CATEGORIES_PROPERTY)) {
        fputs(separator, stdout);
        put_text(icalproperty_get_categories(property));
        separator = ",";
    }
    fputs("],\"related\":[", stdout);
    separator = "";
    for (property = icalcomponent_get_first_property(event, ICAL_RELATEDTO_PROPERTY); property;
         property = icalcomponent_get_next_property(event, ICAL_RELATEDTO_PROPERTY)) {
        char *reltype = icalproperty_get_parameter_as_string_r(property, "RELTYPE");
        printf("%s[", separator);
        put_text(reltype ? reltype : "PARENT");
        putchar(',');
        put_text(icalproperty_get_relatedto(property));
        putchar(']');
        icalmemory_free_buffer(reltype);
        separator = ",";
    }
    fputs("]}", stdout);
}

static void put_errors(icalcomponent *component)
{
    icalproperty *property;
    icalcomponent *part;

    for (property = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY); property;
         property = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY))
        fprintf(stderr, "%s\n", icalproperty_get_xlicerror(property));
    for (part = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); part;
         part = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        put_errors(part);
}

static char *read_all(FILE *stream)
{
    size_t size = 0, capacity = 1 << 16;
    char *data = malloc(capacity);
    while (data) {
        size_t got = fread(data + size, 1, capacity - size - 1, stream);
        if (got == 0)
            break;
        size += got;
        if (capacity - size == 1)
            data = realloc(data, capacity *= 2);
    }
    if (data)
        data[size] = '\0';
    return data;
}

int main(void)
{
    char *data = read_all(stdin);
    icalcomponent *calendar = data ? icalparser_parse_string(data) : NULL;
    icalcomponent *event;
    const char *separator = "";

    if (calendar == NULL) {
        fputs("libical parses no component\n", stderr);
        return 1;
    }
    icalrestriction_check(calendar);
    if (icalcomponent_count_errors(calendar) > 0) {
        put_errors(calendar);
        return 1;
    }
    putchar('[');
    for (event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        fputs(separator, stdout);
        put_event(event);
        separator = ",\n";
    }
    fputs("]\n", stdout);
    icalcomponent_free(calendar);
    free(data);
    return 0;
}
