using Isobar.Local.Patterns;

namespace Isobar.Local.Tests.Patterns;

/// <summary>What is wrong with a pattern, and where; texts and places are AWS's recorded answers.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("""{"k":["a",[1]]}""", 12, "Match value must be String, number, true, false, or null")]
    [InlineData("""{"k":[{"unknown":true}]}""", 22, "Unrecognized match type unknown")]
    [InlineData("""{"k":[{"EXISTS":true}]}""", 21, "Unrecognized match type EXISTS")]
    [InlineData("""{"k":[{"prefix":"a","suffix":"b"}]}""", 31, "Only one key allowed in match expression")]
    [InlineData("""{"k":[]}""", 8, "Empty arrays are not allowed")]
    [InlineData("""{"k":{}}""", 8, "Empty objects are not allowed")]
    [InlineData("""{"k":"v"}""", 7, "\"k\" must be an object or an array")]
    [InlineData("""{"k": 42}""", 9, "\"k\" must be an object or an array")]
    [InlineData("""{"k":[{"suffix":1}]}""", 18, "suffix match pattern must be a string")]
    [InlineData("""{"k":[{"suffix":["a"]}]}""", 18, "suffix match pattern must be a string")]
    [InlineData("""{"k":[{"exists":"no"}]}""", 18, "exists match pattern must be either true or false.")]
    [InlineData("""{"k":[{"equals-ignore-case":["a"]}]}""", 30, "equals-ignore-case match pattern must be a string")]
    [InlineData("""{"k":[{"cidr":["a"]}]}""", 16, "prefix match pattern must be a string")]
    [InlineData("""{"k":[{"numeric":5}]}""", 19, "Value of numeric must be an array.")]
    [InlineData("""{"k":[{"numeric":[]}]}""", 20, "Invalid member in numeric match: ]")]
    [InlineData("""{"k":[{"numeric":["near"]}]}""", 26, "Unrecognized numeric range operator: near")]
    [InlineData("""{"k":[{"numeric":["=","0"]}]}""", 24, "Value of equals must be numeric")]
    [InlineData("""{"k":[{"numeric":["<",9,">",1]}]}""", 26, "Too many elements in numeric expression")]
    [InlineData("""{"k":[{"numeric":[">",1,">",2]}]}""", 28, "Bad numeric range operator: >")]
    [InlineData("""{"k":[{"numeric":[">",3,"<",1]}]}""", 31, "Bottom must be less than top")]
    [InlineData("""{"k":[{"numeric":[">",3,9]}]}""", 26, "Bad value in numeric range: 9")]
    [InlineData("""{"k":[{"numeric":[">",3,"<",9,"<",1]}]}""", 32, "Too many terms in numeric range expression")]
    public void Both_dialects_refuse(string pattern, int column, string reason)
    {
        Check(pattern, PatternDialect.EventBridge, column, reason);
        Check(pattern, PatternDialect.FilterPolicy, column, reason);
    }

    [Theory]
    [InlineData("""{"k":[{"anything-but":null}]}""", 27,
        "Value of anything-but must be an array or single string/number value.")]
    [InlineData("""{"k":[{"anything-but":["a",null]}]}""", 32,
        "Inside anything but list, start|null|boolean is not supported.")]
    [InlineData("""{"k":[{"anything-but":{"prefix":1}}]}""", 34, "prefix/suffix match pattern must be a string")]
    [InlineData("""{"k":[{"anything-but":{"suffix":""}}]}""", 35, "Null prefix/suffix not allowed")]
    [InlineData("""{"k":[{"anything-but":{"wildcard":1}}]}""", 36, "wildcard match pattern must be a string")]
    [InlineData("""{"k":[{"anything-but":{"exists":true}}]}""", 37, "Unsupported anything-but pattern: exists")]
    [InlineData("""{"k":[{"wildcard":"a**"}]}""", 24, "Consecutive wildcard characters at pos 2")]
    public void Event_patterns_refuse(string pattern, int column, string reason) =>
        Check(pattern, PatternDialect.EventBridge, column, reason);

    [Theory]
    [InlineData("""{"k":[{"anything-but":{"prefix":1}}]}""", 34, "prefix match pattern must be a string")]
    [InlineData("""{"k":[{"anything-but":{"suffix":"a"}}]}""", 34, "Unsupported anything-but pattern: suffix")]
    [InlineData("""{"k":[{"wildcard":"a*"}]}""", 20, "Unrecognized match type wildcard")]
    [InlineData("""{"k":[{"prefix":{"equals-ignore-case":"a"}}]}""", 18, "prefix match pattern must be a string")]
    public void Filter_policies_refuse(string pattern, int column, string reason) =>
        Check(pattern, PatternDialect.FilterPolicy, column, reason);

    [Theory]
    [InlineData("here", "Malformed CIDR, one '/' required")]
    [InlineData("he/re", "Malformed CIDR, mask bits must be an integer")]
    [InlineData("1.2.3/8", "Nonstandard IP address: 1.2.3")]
    [InlineData("1.2.3.x/8", "Nonstandard IP address: 1.2.3.x")]
    public void A_block_of_addresses_is_refused_without_a_place(string block, string reason)
    {
        var fault = Assert.Throws<PatternException>(
            () => EventPattern.Read($$"""{"ip":[{"cidr":"{{block}}"}]}""", PatternDialect.EventBridge));
        Assert.Equal(reason, fault.WithSource());
    }

    [Theory]
    [InlineData(
        "nonsense", 9,
        "Unrecognized token 'nonsense': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or "
        + "'false')")]
    [InlineData("{'k': 1}", 2, "Unexpected character (''' (code 39)): was expecting double-quote to start field name")]
    [InlineData(
        "{\"k\": open", 11,
        "Unrecognized token 'open': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or "
        + "'false')")]
    public void What_is_no_JSON_is_told_apart(string pattern, int column, string reason)
    {
        var fault = Assert.Throws<PatternException>(() => EventPattern.Read(pattern, PatternDialect.EventBridge));
        Assert.True(fault.IsSyntax);
        Assert.Equal((reason, new PatternPlace(1, column)), (fault.Reason, fault.Place));
    }

    [Fact]
    public void A_place_counts_lines_and_a_long_source_is_cut()
    {
        var pattern = "{\n  \"k\": [\n    " + new string(' ', 500) + "\"é\", []]\n}";
        var fault = Assert.Throws<PatternException>(() => EventPattern.Read(pattern, PatternDialect.EventBridge));
        Assert.Equal(new PatternPlace(3, 511), fault.Place);
        Assert.EndsWith($"\"[truncated {pattern.Length - 500} chars]; line: 3, column: 511]", fault.WithSource(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_pattern_is_it_is_read_or_refused()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        string[] pieces =
        [
            "{", "}", "[", "]", ",", ":", "\"k\"", "\"$or\"", "\"numeric\"", "\">\"", "\"=\"", "1", "-1e400", "null",
            "true",
            "\"anything-but\"", "\"prefix\"", "\"exists\"", "\"wildcard\"", "\"a*\\\\\"", "\"\\ud800\"", "\"cidr\"",
            "\"::/0\"",
        ];
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var pattern = random.Next(2) == 0
                ? string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]))
                : $$"""{"k":[{{{pieces[15 + random.Next(8)]}}:{{pieces[6 + random.Next(17)]}}}]}""";
            try
            {
                EventPattern.Read(pattern, (PatternDialect)random.Next(2));
                read++;
            }
            catch (PatternException)
            {
            }
        }

        Assert.InRange(read, 1, 20_000);
    }

    private static void Check(string pattern, PatternDialect dialect, int column, string reason)
    {
        var fault = Assert.Throws<PatternException>(() => EventPattern.Read(pattern, dialect));
        Assert.Equal($"{reason}\n at [Source: (String)\"{pattern}\"; line: 1, column: {column}]", fault.WithSource());
    }
}
