using System.Text;
using Isobar.Local.Services.Logs.Patterns;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Logs;

/// <summary>
/// Filter patterns. The cases that name no other origin are from the Amazon CloudWatch Logs User Guide, "Filter and
/// pattern syntax" (docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html), patterns and
/// messages as printed there; read in November 2026, also in its
/// earlier form in awsdocs/amazon-cloudwatch-logs-user-guide.
/// </summary>
public sealed class PatternTests
{
    private const string Trail = """
        {"eventType":"UpdateTrail","sourceIPAddress":"111.111.111.111","arrayKey":["value","another value"],
        "objectList":[{"name":"a","id":1},{"name":"b","id":2}],"SomeObject":null,"ThisFlag":true}
        """;

    private const string Users = """
        {"user":{"id":1,"email":"John.Stiles@example.com"},"users":[{"id":2,"email":"John.Doe@example.com"},
        {"id":3,"email":"Jane.Doe@example.com"}],"actions":["GET","PUT","DELETE"],
        "coordinates":[[0,1,2],[4,5,6],[7,8,9]]}
        """;

    private const string Frank =
        "127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] \"GET /apache_pb.gif HTTP/1.0\" 200 1534";

    private const string Missing =
        "127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534";

    [Theory]
    [InlineData("", "anything", true)]
    [InlineData("ERROR", "[ERROR] A fatal exception has occurred", true)]
    [InlineData("ERROR", "Exiting with ERRORCODE: -1", true)]
    [InlineData("ERROR", "error", false)]
    [InlineData("ERROR -Exiting", "Exiting with ERRORCODE: -1", false)]
    [InlineData("ERROR -Exiting", "[ERROR] A fatal exception has occurred", true)]
    [InlineData("ERROR Exception", "[ERROR] Caught IllegalArgumentException", true)]
    [InlineData("ERROR Exception", "[ERROR] Caught it", false)]
    [InlineData("Failed to process the request", "[ERROR] Unable to continue: Failed to process the request", true)]
    [InlineData("\"INTERNAL SERVER ERROR\"", "[ERROR 500] INTERNAL SERVER ERROR", true)]
    [InlineData("\"INTERNAL SERVER ERROR\"", "[ERROR 500] SERVER INTERNAL ERROR", false)]
    [InlineData("?ERROR ?WARN", "ERROR message", true)]
    [InlineData("?ERROR ?WARN", "WARN message", true)]
    [InlineData("?ERROR ?WARN", "INFO message", false)]
    [InlineData("ERROR WARN", "ERROR WARN message", true)]
    [InlineData("ERROR WARN", "WARN message", false)]
    [InlineData("ERROR -WARN", "ERROR WARN message", false)]
    [InlineData("ERROR -WARN", "ERROR message", true)]
    [InlineData("?ERROR REQUEST", "REQUEST", true)]
    [InlineData("-ERROR", "anything", true)]
    [InlineData("-\"a b\"", "a b", false)]
    [InlineData("%AUTHORIZED%", "[ERROR 401] UNAUTHORIZED REQUEST", true)]
    [InlineData("%AUTHORIZED%", "[SUCCESS 200] AUTHORIZED REQUEST", true)]
    [InlineData("%^[hc]at%", "cat", true)]
    [InlineData("%^[hc]at%", "a cat", false)]
    [InlineData("%colou?r%", "the color", true)]
    public void Terms(string pattern, string message, bool matches) => Check(pattern, message, matches);

    [Theory]
    [InlineData("{ $.eventType = \"UpdateTrail\" }", Trail, true)]
    [InlineData("{ $.eventType = UpdateTrail }", Trail, true)]
    [InlineData("{ $.eventType = \"Update*\" }", Trail, true)]
    [InlineData("{ $.eventType != \"UpdateTrail\" }", Trail, false)]
    [InlineData("{ $.sourceIPAddress != 123.123.* }", Trail, true)]
    [InlineData("{ $.sourceIPAddress != 111.111.* }", Trail, false)]
    [InlineData("{ $.arrayKey[0] = \"value\" }", Trail, true)]
    [InlineData("{ $.arrayKey[2] = \"value\" }", Trail, false)]
    [InlineData("{ $.objectList[1].id = 2 }", Trail, true)]
    [InlineData("{ $.SomeObject IS NULL }", Trail, true)]
    [InlineData("{ $.eventType IS NULL }", Trail, false)]
    [InlineData("{ $.SomeOtherObject NOT EXISTS }", Trail, true)]
    [InlineData("{ $.SomeObject NOT EXISTS }", Trail, false)]
    [InlineData("{ $.ThisFlag IS TRUE }", Trail, true)]
    [InlineData("{ $.ThisFlag IS FALSE }", Trail, false)]
    [InlineData("{ ($.user.id = 1) && ($.users[0].email = \"John.Doe@example.com\") }", Users, true)]
    [InlineData("{ ($.user.id = 2 && $.users[0].email = \"nonmatch\") || $.actions[2] = \"GET\" }", Users, false)]
    [InlineData("{ $.user.email = \"John.Stiles@example.com\" || $.coordinates[0][1] = nonmatch && $.actions[2] = "
        + "nomatch }", Users, true)]
    [InlineData("{ ($.user.email = \"John.Stiles@example.com\" || $.coordinates[0][1] = nonmatch) && $.actions[2] = "
        + "nomatch }", Users, false)]
    [InlineData("{$.users = 1}", """{"users":[1,2,3]}""", false)]
    [InlineData("{$.users != 1}", """{"users":[1,2,3]}""", false)]
    [InlineData("{$.foo = bar || $.foo = baz }", """{"foo":"baz"}""", true)]
    [InlineData("{ $.half = a }", """{"half":"\ud800"}""", false)]
    [InlineData("{ $.half != a || $.whole = b }", """{"half":"\ud800","whole":"b"}""", true)]
    [InlineData("{ $.latency >= 500 }", """{"latency":500}""", true)]
    [InlineData("{ $.latency >= 500 }", """{"latency":499.9}""", false)]
    [InlineData("{ $.numbers[0] < 10e-3 }", """{"numbers":[0.001]}""", true)]
    [InlineData("{ $.latency > +1000 }", """{"latency":1001}""", true)]
    [InlineData("{ $.errorCode != 500 }", """{"errorCode":400}""", true)]
    [InlineData("{ $.errorCode = 400 }", """{"errorCode":400.0}""", true)]
    [InlineData("{ $.latency = * }", """{"latency":3}""", true)]
    [InlineData("{ $.latency = * }", """{"other":3}""", false)]
    [InlineData("{ $.latency > 1 }", """{"latency":"3"}""", false)]
    [InlineData("{ $.eventType = %Trail$% }", Trail, true)]
    [InlineData("{ $.eventType = UpdateTrail }", "eventType UpdateTrail", false)]
    [InlineData("{ $.eventType = UpdateTrail }", "{\"eventType\":", false)]
    public void Conditions_on_JSON(string pattern, string message, bool matches) => Check(pattern, message, matches);

    /// <summary>The pattern of CIS AWS Foundations Benchmark, control 4.1, and a message made for it.</summary>
    [Fact]
    public void A_quoted_value_has_wildcards_too() => Check(
        """{($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*")}""",
        """{"errorCode":"Client.UnauthorizedOperation"}""", true);

    [Theory]
    [InlineData("[ip, user, username, timestamp, request, status_code, bytes]", Frank, true)]
    [InlineData("[ip, user, username, timestamp, request, status_code]", Frank, false)]
    [InlineData("[..., status_code, bytes]", Frank, true)]
    [InlineData("[ip, user, ..., status_code, bytes]", Frank, true)]
    [InlineData("[ip, user, ...]", Frank, true)]
    [InlineData("[ip, user, username, timestamp, request, status_code, bytes > 1000]", Frank, true)]
    [InlineData("[ip, user, username, timestamp, request, status_code, bytes > 2000]", Frank, false)]
    [InlineData("[ip, user, username, timestamp, request, status_code = 200, bytes]", Frank, true)]
    [InlineData("[ip, user, username, timestamp, request, status_code = 4*, bytes]", Frank, false)]
    [InlineData("[ip, user, username, timestamp, request, status_code = 4*, bytes]", Missing, true)]
    [InlineData("[ip, user, username, timestamp, request = *html*, status_code = 4*, bytes]", Missing, true)]
    [InlineData("[ip, user, username, timestamp, request, status_code = 4* && bytes > 1000, bytes]", Missing, true)]
    [InlineData("[ip, user, username, timestamp, request, status_code = 4* && status_code != 404, bytes]", Missing,
        false)]
    [InlineData("[..., request=*.html*, status_code=4*,]", Missing, true)]
    [InlineData("[w1=ERROR, w2]", "ERROR message", true)]
    [InlineData("[w1=ERROR, w2]", "ERROR WARN message", false)]
    [InlineData("[w1=ERROR || w1=WARN, w2]", "WARN message", true)]
    [InlineData("[w1!=ERROR && w1!=WARN, w2]", "INFO message", true)]
    [InlineData("[w1!=ERROR && w1!=WARN, w2]", "WARN message", false)]
    [InlineData("[w1=%ERR|WARN%, ...]", "ERROR 1 2 3", true)]
    public void Space_delimited_fields(string pattern, string message, bool matches) =>
        Check(pattern, message, matches);

    /// <summary>The text about terms is AWS's; the others are ours.</summary>
    [Theory]
    [InlineData("a.b", "Invalid character(s) in term 'a.b'")]
    [InlineData("ERROR -", "Invalid character(s) in term ''")]
    [InlineData("\"open", "Invalid filter pattern: a quotation mark is not closed")]
    [InlineData("%open", "Invalid filter pattern: a percent sign is not closed")]
    [InlineData("%something!%", "Invalid filter pattern: the regular expression %something!% is not supported")]
    [InlineData("%(a)%", "Invalid filter pattern: the regular expression %(a)% is not supported")]
    [InlineData("%a% %b% %c%", "Invalid filter pattern: it has more than 2 regular expressions")]
    [InlineData("{ $.a }", "Invalid filter pattern: an operator was expected at character 7")]
    [InlineData("{ $.a = }", "Invalid filter pattern: a value was expected at character 9")]
    [InlineData("{ $.a = 1", "Invalid filter pattern: '}' is missing at its end")]
    [InlineData("{ $.a > b }", "Invalid filter pattern: a number was expected at character 10")]
    [InlineData("{ $.a[*] = 1 }", "Invalid filter pattern: the index of an element was expected at character 7")]
    [InlineData("{ a = 1 }", "Invalid filter pattern: '$' was expected at character 3")]
    [InlineData("{ $.a = 1 } b", "Invalid filter pattern: the end was expected at character 13")]
    [InlineData("[a, ..., b, ...]", "Invalid filter pattern: it has a second ellipsis")]
    [InlineData("[a = 1 && b = 2]", "Invalid filter pattern: it has no field b")]
    [InlineData("[a, b", "Invalid filter pattern: ']' is missing at its end")]
    public void What_is_no_pattern_is_refused(string pattern, string reason)
    {
        var refused = Assert.Throws<AwsException>(() => FilterPattern.Parse(pattern));

        Assert.Equal(("InvalidParameterException", reason), (refused.Code, refused.Message));
    }

    [Fact]
    public void Parentheses_are_32_deep_at_most()
    {
        FilterPattern.Parse($"{{ {new string('(', 32)} $.a = 1 {new string(')', 32)} }}");

        Assert.Throws<AwsException>(
            () => FilterPattern.Parse($"{{ {new string('(', 34)} $.a = 1 {new string(')', 34)} }}"));
    }

    private static void Check(string pattern, string message, bool matches) =>
        Assert.Equal(matches, FilterPattern.Parse(pattern).Matches(Encoding.UTF8.GetBytes(message)));
}
