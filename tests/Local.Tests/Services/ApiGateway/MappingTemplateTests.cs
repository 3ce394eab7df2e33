using System.Text.Json.Nodes;
using Isobar.Local.Services.ApiGateway.Mapping;

namespace Isobar.Local.Tests.Services.ApiGateway;

public sealed class MappingTemplateTests
{
    private const string Body =
        """{"a":{"b":"c","n":null},"list":[1,"two",{"three":3}],"text":"it's \"so\"","yes":true,"n":2.50}""";

    [Theory]
    [InlineData("plain $ text # 5$ #1", "plain $ text # 5$ #1")]
    [InlineData("$input.json('$.a')", """{"b":"c","n":null}""")]
    [InlineData("$input.json('$.a.b')", "\"c\"")]
    [InlineData("$input.json('$.missing')", "\"\"")]
    [InlineData("$input.json('$.list[1]')", "\"two\"")]
    [InlineData("$input.json('$[''a'']')", null)]
    [InlineData("$input.json(\"$['a']['b']\")", "\"c\"")]
    [InlineData("$input.json(\"$\")", Body)]
    [InlineData("$input.path(\"$.a.b\") $input.json(\"$.list[1]\") $input.params(\"id\")", "c \"two\" 7")]
    [InlineData("#foreach($k in $stageVariables.keySet())$k=$stageVariables.get($k)#end", "mode=fast")]
    [InlineData("$stageVariables['mode'] $stageVariables.size() $stageVariables.containsKey('none')", "fast 1 false")]
    [InlineData("$context.identity.apiKey|$context.identity.cognitoIdentityId|"
        + "$context.identity.clientCert.validity.notAfter.", "||.")]
    [InlineData("$input.path('$.a.b') $input.path('$.n') $input.path('$.yes')", "c 2.50 true")]
    [InlineData("$input.path('$.a')", "{b=c, n=}")]
    [InlineData("$input.path('$.list')", """[1,"two",{"three":3}]""")]
    [InlineData("$input.path('$.a.n').", ".")]
    [InlineData("$input.path('$').a.b", "c")]
    [InlineData("$input.path('$.list')[2].three $input.path('$.list').get(0) $input.path('$.list').size()", "3 1 3")]
    [InlineData("$input.params('id') $input.params('q') $input.params('X-H') [$input.params('none')]", "7 2 h []")]
    [InlineData("$input.params().path.id $input.params().header.get('X-H')", "7 h")]
    [InlineData("#foreach($k in $input.params().querystring.keySet())$k#end", "q")]
    [InlineData("$context.requestId|$context.identity.sourceIp|$context.authorizer.principalId", "r-1|127.0.0.1|")]
    [InlineData("${context.requestId}x $!{context.requestId} $stageVariables.mode", "r-1x r-1 fast")]
    [InlineData("$util.escapeJavaScript($input.path('$.text'))", "it\\'s \\\"so\\\"")]
    [InlineData("$util.escapeJavaScript($input.path('$.text')).replaceAll(\"\\\\'\",\"'\")", "it's \\\"so\\\"")]
    [InlineData("$util.base64Decode($util.base64Encode('æ'))", "æ")]
    [InlineData("$util.urlEncode('a b&c')$util.urlDecode('%41')", "a+b%26cA")]
    [InlineData("$util.parseJson('{\"z\":[5]}').z[0]", "5")]
    [InlineData("#set($x = 'v')\n#set($y = \"<$x>$input.path('$.a.b')\")\n$x$y", "vv>c")]
    [InlineData("#if($input.path('$.yes') && 1 < 2)A#{else}B#end", "A")]
    [InlineData("#if($input.path('$.none'))A#elseif($input.path('$.a.b') == 'x')B#elseif(!($input.path('$.n') >= 3))C"
        + "#else D#end", "C")]
    [InlineData("#foreach($i in $input.path('$.list'))$foreach.index:$i#if($foreach.hasNext),#end#end",
        "0:1,1:two,2:{three=3}")]
    [InlineData("#set($n = 1 + 2 - 4)$n", "-1")]
    [InlineData("a## gone\nb#* gone *#c", "abc")]
    [InlineData("{\n  #if(true)\n  \"x\": 1\n  #end\n}", "{\n    \"x\": 1\n  }")]
    public void A_template_writes_what_Velocity_would(string template, string? expected)
    {
        if (expected is null)
        {
            Assert.Throws<TemplateSyntaxException>(() => MappingTemplate.Parse(template));
            return;
        }

        var written = MappingTemplate.Parse(template).Evaluate(Scope(Body));
        Assert.Equal(expected.Replace("vv>c", "v<v>c"), written);
    }

    [Theory]
    [InlineData("$input.body", "{}")]
    [InlineData("$input.json('$')", "{}")]
    [InlineData("[$input.path('$.a')]", "[]")]
    public void An_empty_body_is_an_empty_object(string template, string expected) =>
        Assert.Equal(expected, MappingTemplate.Parse(template).Evaluate(Scope("")));

    [Theory]
    [InlineData("\n\n$nothing", 3, "$nothing is not set above")]
    [InlineData("$context.nonsense", 1, "$context.nonsense is not supported; supported are accountId")]
    [InlineData("$input.xml('x')", 1, "$input.xml is not supported like this; supported are $input.body")]
    [InlineData("\n$input.json('$..a')", 2, "the JSONPath $..a is not supported")]
    [InlineData("$input.json($context.path)", 1, "$input.json is not supported like this")]
    [InlineData("$util.time()", 1, "$util.time is not supported like this; supported are $util.escapeJavaScript")]
    [InlineData("#macro(x)#end", 1, "#macro is not supported; supported are #set")]
    [InlineData("#set($context.responseOverride.status = 400)", 1,
        "$context.responseOverride.status can't be set: only plain variables can be")]
    [InlineData("$context.identity.nonsense", 1,
        "$context.identity.nonsense is not supported; supported are accountId")]
    [InlineData("$stageVariables.entrySet()", 1, ".entrySet() with 0 arguments is not supported; supported are size")]
    [InlineData("\n$input.json(\"$.*\")", 2, "the JSONPath $.* is not supported")]
    [InlineData("#if(true)\nx", 2, "the #end of an #if is missing")]
    [InlineData("x#end", 1, "there is nothing here that this ends")]
    [InlineData("#set($x = {})", 1, "'{' is not supported in an expression")]
    [InlineData("#set($x = null)", 1, "null is not supported in an expression")]
    [InlineData("#set($x = 'a)", 1, "' is missing")]
    [InlineData("$input.body.substring(1)", 1, ".substring() with 1 arguments is not supported; supported are size")]
    [InlineData("\\$x", 1, "escapes by \\ are not supported")]
    [InlineData("$stageVariables", 1, "$stageVariables must name a variable")]
    public void What_is_not_supported_is_named_with_its_line(string template, int line, string message)
    {
        var error = Assert.Throws<TemplateSyntaxException>(() => MappingTemplate.Parse(template));
        Assert.Equal(line, error.Line);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$input.body", "$input is not supported here; supported are $context and $stageVariables")]
    public void A_gateway_response_knows_only_variables(string template, string message) =>
        Assert.Equal(message,
            Assert.Throws<TemplateSyntaxException>(() => MappingTemplate.ParsePlain(template)).Message);

    [Fact]
    public void A_gateway_response_calls_no_methods() => Assert.Equal(
        "fast.get('x')|()", MappingTemplate.ParsePlain("$stageVariables.mode.get('x')|$stageVariables.keySet()")
            .Evaluate(Scope("")));

    [Fact]
    public void A_gateway_response_has_no_directives() =>
        Assert.Equal("#if(r-1)#end", MappingTemplate.ParsePlain("#if($context.requestId)#end").Evaluate(Scope("")));

    [Fact]
    public void A_loop_goes_over_1000_items_and_no_more()
    {
        var loop = MappingTemplate.Parse("#foreach($i in $input.path('$'))x#end");
        Assert.Equal(1_000, loop.Evaluate(Scope(List(1_000))).Length);
        Assert.Throws<TemplateFailedException>(() => loop.Evaluate(Scope(List(1_001))));
    }

    [Fact]
    public void Nested_loops_turn_100000_times_and_no_more()
    {
        var nested = MappingTemplate.Parse(
            "#foreach($i in $input.path('$'))#foreach($j in $input.path('$'))x#end#end");
        Assert.Equal(99_225, nested.Evaluate(Scope(List(315))).Length);
        Assert.Throws<TemplateFailedException>(() => nested.Evaluate(Scope(List(316))));
    }

    [Fact]
    public void A_template_writes_10_MiB_and_no_more()
    {
        var twice = MappingTemplate.Parse("$input.body$input.body");
        Assert.Equal(10_485_760, twice.Evaluate(Scope(new string('x', 5_242_880))).Length);
        Assert.Throws<TemplateFailedException>(() => twice.Evaluate(Scope(new string('x', 5_242_881))));
    }

    [Theory]
    [InlineData("(", ")", "true")]
    [InlineData("!", "", "true")]
    public void Expressions_are_32_deep_and_no_more(string open, string close, string inner)
    {
        string Deep(int depth) => "#if(" + Repeat(open, depth) + inner + Repeat(close, depth) + ")x#end";
        MappingTemplate.Parse(Deep(31));
        Assert.Throws<TemplateSyntaxException>(() => MappingTemplate.Parse(Deep(32)));
    }

    [Fact]
    public void Directives_are_32_deep_and_no_more()
    {
        string Deep(int depth) => Repeat("#if(true)", depth) + Repeat("#end", depth);
        MappingTemplate.Parse(Deep(32));
        Assert.Throws<TemplateSyntaxException>(() => MappingTemplate.Parse(Deep(33)));
    }

    [Fact]
    public void Random_templates_are_read_or_refused_and_never_break()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        string[] pieces =
        [
            "$", "#", "{", "}", "(", ")", "'", "\"", "$input", ".json", ".path", "('$.a')", ".body", "$context.",
            "requestId", "#set(", "$x",
            " = ", "#if(", "#else", "#end", "#foreach(", " in ", "[0]", ".size()", "1", "true", "&&", "==", "!", "\n",
            "$util.base64Decode(", "\\", "*#", "#*",
        ];
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(
                Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                MappingTemplate.Parse(text).Evaluate(Scope(Body));
            }
            catch (Exception e) when (e is TemplateSyntaxException or TemplateFailedException)
            {
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {text}: {e}");
            }
        }
    }

    private static string List(int items) => $"[{string.Join(',', Enumerable.Repeat("0", items))}]";

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static TemplateScope Scope(string body) => new(
        new JsonObject
        {
            ["requestId"] = "r-1",
            ["path"] = "/p",
            ["identity"] = new JsonObject { ["sourceIp"] = "127.0.0.1" },
        },
        new Dictionary<string, string> { ["mode"] = "fast" }, new Parameters(), body);

    private sealed class Parameters : IRequestParameters
    {
        public string? Find(string location, string name) => (location, name) switch
        {
            ("path", "id") => "7",
            ("querystring", "q") => "2",
            ("header", "X-H") => "h",
            _ => null,
        };

        public JsonObject All(string location) => location switch
        {
            "path" => new JsonObject { ["id"] = "7" },
            "querystring" => new JsonObject { ["q"] = "2" },
            _ => new JsonObject { ["X-H"] = "h" },
        };
    }
}
