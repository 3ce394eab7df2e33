using System.Text.Json;
using Isobar.Local.Patterns;

namespace Isobar.Local.Tests.Patterns;

/// <summary>What matches and what does not; the facts are AWS's recorded answers, the cases are ours.</summary>
public sealed class MatchTests
{
    [Theory]
    [InlineData("""{"station":["Basel"]}""", """{"station":"Basel"}""", true)]
    [InlineData("""{"station":["Basel"]}""", """{"station":"basel"}""", false)]
    [InlineData("""{"Station":["Basel"]}""", """{"station":"Basel"}""", false)]
    [InlineData("""{"station":["Basel","Bern"]}""", """{"station":"Bern"}""", true)]
    [InlineData("""{"station":[""]}""", """{"station":""}""", true)]
    [InlineData("""{"station":["Basel"],"kind":["rain"]}""", """{"station":"Basel"}""", false)]
    [InlineData("""{"dry":[true]}""", """{"dry":true}""", true)]
    [InlineData("""{"dry":[true]}""", """{"dry":"true"}""", false)]
    [InlineData("""{"dry":[true]}""", """{"dry":false}""", false)]
    [InlineData("""{"dry":[null]}""", """{"dry":null}""", true)]
    [InlineData("""{"dry":[null]}""", """{"dry":"null"}""", false)]
    [InlineData("""{"dry":[null]}""", """{"dry":[]}""", false)]
    [InlineData("""{"dry":[null]}""", "{}", false)]
    [InlineData("""{"millimetres":[300]}""", """{"millimetres":300.0}""", true)]
    [InlineData("""{"millimetres":[3.018e2]}""", """{"millimetres":301.8}""", true)]
    [InlineData("""{"millimetres":[300]}""", """{"millimetres":"300"}""", false)]
    [InlineData("""{"tags":["hail"]}""", """{"tags":["rain","hail"]}""", true)]
    [InlineData("""{"tags":["hail"]}""", """{"tags":["rain"]}""", false)]
    [InlineData("""{"tags":["hail"]}""", """{"tags":[["rain"],["hail"]]}""", true)]
    [InlineData("""{"detail":{"key":["a"]}}""", """{"detail":{"key":"a"}}""", true)]
    [InlineData("""{"detail":{"key":["a"]}}""", """{"detail":"{\"key\":\"a\"}"}""", false)]
    public void Values_are_equal_or_they_are_not(string pattern, string document, bool matches) =>
        Check(pattern, document, matches);

    [Theory]
    [InlineData("""{"n":[{"numeric":[">",0,"<=",5]}]}""", """{"n":5}""", true)]
    [InlineData("""{"n":[{"numeric":[">",0,"<=",5]}]}""", """{"n":0}""", false)]
    [InlineData("""{"n":[{"numeric":[">=",0,"<",5]}]}""", """{"n":0}""", true)]
    [InlineData("""{"n":[{"numeric":[">=",0,"<",5]}]}""", """{"n":5}""", false)]
    [InlineData("""{"n":[{"numeric":["<",10]}]}""", """{"n":9.99}""", true)]
    [InlineData("""{"n":[{"numeric":["<=",-10]}]}""", """{"n":-10}""", true)]
    [InlineData("""{"n":[{"numeric":["=",3.018e2]}]}""", """{"n":301.8}""", true)]
    [InlineData("""{"n":[{"numeric":[">",100]}]}""", """{"n":"300"}""", false)]
    [InlineData("""{"n":[{"numeric":[">",100]}]}""", """{"n":null}""", false)]
    [InlineData("""{"s":[{"prefix":"in/"}]}""", """{"s":"in/a.csv"}""", true)]
    [InlineData("""{"s":[{"prefix":""}]}""", """{"s":"anything"}""", true)]
    [InlineData("""{"s":[{"prefix":"In/"}]}""", """{"s":"in/a.csv"}""", false)]
    [InlineData("""{"s":[{"prefix":{"equals-ignore-case":"In/"}}]}""", """{"s":"in/a.csv"}""", true)]
    [InlineData("""{"s":[{"suffix":".csv"}]}""", """{"s":"in/a.csv"}""", true)]
    [InlineData("""{"s":[{"suffix":".csv"}]}""", """{"s":"in/a.CSV"}""", false)]
    [InlineData("""{"s":[{"suffix":{"equals-ignore-case":".csv"}}]}""", """{"s":"in/a.CSV"}""", true)]
    [InlineData("""{"s":[{"equals-ignore-case":"HAIL"}]}""", """{"s":"hail"}""", true)]
    [InlineData("""{"s":[{"equals-ignore-case":"HAIL"}]}""", """{"s":"hails"}""", false)]
    [InlineData("""{"s":[{"wildcard":"in/*/a.csv"}]}""", """{"s":"in/x/y/a.csv"}""", true)]
    [InlineData("""{"s":[{"wildcard":"in/*/a.csv"}]}""", """{"s":"in/a.csv"}""", false)]
    [InlineData("""{"s":[{"wildcard":"*ab*ab"}]}""", """{"s":"xabab"}""", true)]
    [InlineData("""{"s":[{"wildcard":"*ab*ab"}]}""", """{"s":"xab"}""", false)]
    [InlineData("""{"s":[{"wildcard":"a\\*b"}]}""", """{"s":"a*b"}""", true)]
    [InlineData("""{"s":[{"wildcard":"a\\*b"}]}""", """{"s":"axb"}""", false)]
    [InlineData("""{"s":[{"wildcard":""}]}""", """{"s":"a"}""", false)]
    [InlineData("""{"ip":[{"cidr":"10.0.0.0/24"}]}""", """{"ip":"10.0.0.255"}""", true)]
    [InlineData("""{"ip":[{"cidr":"10.0.0.0/24"}]}""", """{"ip":"10.0.1.0"}""", false)]
    [InlineData("""{"ip":[{"cidr":"10.0.0.0/22"}]}""", """{"ip":"10.0.3.9"}""", true)]
    [InlineData("""{"ip":[{"cidr":"10.0.0.0/24"}]}""", """{"ip":10}""", false)]
    [InlineData("""{"ip":[{"cidr":"2001:db8::/56"}]}""", """{"ip":"2001:db8:0:ff::1"}""", true)]
    [InlineData("""{"ip":[{"cidr":"2001:db8::/56"}]}""", """{"ip":"2001:db8:0:100::"}""", false)]
    [InlineData("""{"ip":[{"cidr":"10.0.0.0/8"}]}""", """{"ip":"2001:db8::"}""", false)]
    public void Operators_compare(string pattern, string document, bool matches) => Check(pattern, document, matches);

    [Theory]
    [InlineData("\"a\"", "\"b\"", true)]
    [InlineData("\"a\"", "\"a\"", false)]
    [InlineData("\"a\"", "null", true)]
    [InlineData("\"a\"", "1", true)]
    [InlineData("\"a\"", "[]", false)]
    [InlineData("\"a\"", "[\"a\",\"b\"]", true)]
    [InlineData("[\"a\",\"b\"]", "\"b\"", false)]
    [InlineData("0", "0", false)]
    [InlineData("0", "1", true)]
    [InlineData("[1,2]", "2.0", false)]
    [InlineData("""{"prefix":"in"}""", "\"init\"", false)]
    [InlineData("""{"prefix":"in"}""", "\"out\"", true)]
    [InlineData("""{"prefix":["in","out"]}""", "\"out\"", false)]
    [InlineData("""{"prefix":"1"}""", "12", true)]
    [InlineData("""{"suffix":[".csv",".txt"]}""", "\"a.txt\"", false)]
    [InlineData("""{"suffix":".csv"}""", "\"a.txt\"", true)]
    [InlineData("""{"equals-ignore-case":["A","B"]}""", "\"b\"", false)]
    [InlineData("""{"equals-ignore-case":"A"}""", "\"b\"", true)]
    [InlineData("""{"wildcard":["*/in/*","*/out/*"]}""", "\"a/out/b\"", false)]
    [InlineData("""{"wildcard":"*/in/*"}""", "123", true)]
    public void Anything_but_takes_any_value_that_is_there(string excluded, string value, bool matches)
    {
        Check($$"""{"k":[{"anything-but":{{excluded}}}]}""", $$"""{"k":{{value}}}""", matches);
        Check($$"""{"k":[{"anything-but":{{excluded}}}]}""", """{"other":"x"}""", false);
    }

    [Theory]
    [InlineData("true", """{"k":null}""", true)]
    [InlineData("true", "{}", false)]
    [InlineData("true", """{"k":[]}""", false)]
    [InlineData("true", """{"k":{"below":1}}""", false)]
    [InlineData("false", "{}", true)]
    [InlineData("false", """{"k":[]}""", true)]
    [InlineData("false", """{"k":0}""", false)]
    public void Only_values_exist(string wanted, string document, bool matches) =>
        Check($$"""{"k":[{"exists":{{wanted}}}]}""", document, matches);

    [Theory]
    [InlineData("""{"a":{"b":[{"anything-but":["x"]},{"exists":false}]}}""", """{"c":1}""", true)]
    [InlineData("""{"a":{"b":[{"anything-but":["x"]},{"exists":false}]}}""", """{"a":{"b":"x"}}""", false)]
    [InlineData("""{"a":{"b":[{"exists":false}],"c":["1"]}}""", """{"a":[{"c":"1"},{"b":"2"}]}""", false)]
    [InlineData("""{"a":{"b":[{"exists":false}],"c":["1"]}}""", """{"a":[{"c":"1"},{"d":"2"}]}""", true)]
    [InlineData("""{"k":[{"numeric":[">",100]},{"anything-but":"101"}]}""", """{"k":"101"}""", false)]
    public void Absent_means_absent_from_the_whole_event(string pattern, string document, bool matches) =>
        Check(pattern, document, matches);

    [Theory]
    [InlineData("""{"r":{"s":["a"],"n":[1]}}""", """{"r":[{"s":"a","n":2},{"s":"b","n":1}]}""", false)]
    [InlineData("""{"r":{"s":["a"],"n":[1]}}""", """{"r":[{"s":"b","n":2},{"s":"a","n":1}]}""", true)]
    [InlineData("""{"r":{"s":["a"],"n":[1]}}""", """{"r":[[{"s":"a","n":1}]]}""", true)]
    public void Keys_below_a_list_are_sought_in_one_element(string pattern, string document, bool matches) =>
        Check(pattern, document, matches);

    [Theory]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a.b":"x"}""", true)]
    [InlineData("""{"a.b":["x"]}""", """{"a":{"b":"x"}}""", true)]
    [InlineData("""{"a":{"b":{"c":["x"]}}}""", """{"a.b":{"c":"x"}}""", true)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a.b":{"b":"x"}}""", false)]
    [InlineData("""{"a.b":{"b":["x"]}}""", """{"a":{"b":"x"}}""", false)]
    [InlineData("""{"a":["x"]}""", """{"a.b":"x"}""", false)]
    public void A_dot_in_a_name_is_a_level(string pattern, string document, bool matches) =>
        Check(pattern, document, matches);

    [Theory]
    [InlineData("""{"$or":[{"a":[1]},{"b":[2]}]}""", """{"b":2}""", true)]
    [InlineData("""{"$or":[{"a":[1]},{"b":[2]}]}""", """{"a":2,"b":1}""", false)]
    [InlineData("""{"k":["x"],"$or":[{"a":[1]},{"b":[2]}]}""", """{"a":1}""", false)]
    [InlineData("""{"d":{"$or":[{"a":[1]},{"$or":[{"b":[2]},{"c":[3]}]}]}}""", """{"d":{"c":3}}""", true)]
    [InlineData("""{"d":{"$or":[{"a":[1],"b":[2]},{"c":[3]}]}}""", """{"d":{"a":1,"b":3}}""", false)]
    [InlineData("""{"$or":["text"]}""", """{"$or":"text"}""", true)]
    [InlineData("""{"$or":[{"prefix":"te"},{"prefix":"no"}]}""", """{"$or":"text"}""", true)]
    public void One_alternative_is_enough(string pattern, string document, bool matches) =>
        Check(pattern, document, matches);

    private static void Check(string pattern, string document, bool matches)
    {
        using var parsed = JsonDocument.Parse(document);
        Assert.Equal(matches, EventPattern.Read(pattern, PatternDialect.EventBridge).Matches(parsed.RootElement));
    }
}
