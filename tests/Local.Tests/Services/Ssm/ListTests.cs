using System.Text.Json;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Services.Ssm;

/// <summary>Several parameters at once: by name, by path, by filter; deleting them; their tags.</summary>
public sealed class ListTests
{
    private static readonly string[] All =
        ["/isobar/limit", "/isobar/prod/limit", "/isobar/prod/eu/limit", "/isobarn/x", "limit"];

    [Theory]
    [InlineData("/isobar", false, "/isobar/limit")]
    [InlineData("/isobar/", true, "/isobar/limit", "/isobar/prod/eu/limit", "/isobar/prod/limit")]
    [InlineData("/isobar/prod", false, "/isobar/prod/limit")]
    [InlineData("/", false, "limit")]
    [InlineData("/none", true)]
    public async Task A_path_has_the_parameters_of_its_level_or_all_below(
        string path, bool recursive, params string[] names)
    {
        await using var ssm = await StartAsync();

        Assert.Equal(names, Names(await ssm.OkAsync("GetParametersByPath",
            $$"""{"Path":"{{path}}","Recursive":{{(recursive ? "true" : "false")}}}""")));
    }

    public static TheoryData<Deletion> Deletions => PagedList.Deletions;

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task No_parameter_is_lost_between_pages_while_others_are_deleted(Deletion deletion)
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        var names = Enumerable.Range(0, 7).Select(i => $"/p/{i}").ToList();
        foreach (var name in names) await ssm.PutAsync(name, "1");

        await PagedList.AssertNothingIsLostAsync(
            names, deletion,
            async token =>
            {
                var page = await ssm.OkAsync("GetParametersByPath", new JsonObject
                {
                    ["Path"] = "/p", ["MaxResults"] = 3, ["NextToken"] = token,
                }.ToJsonString());
                return (Names(page), page.TryGetProperty("NextToken", out var next) ? next.GetString() : null);
            },
            name => ssm.OkAsync("DeleteParameter", $$"""{"Name":"{{name}}"}"""));
    }

    [Theory]
    [InlineData("""{"Key":"Name","Values":["limit"]}""", "limit")]
    [InlineData("""{"Key":"Name","Option":"BeginsWith","Values":["/isobar/"]}""",
        "/isobar/limit", "/isobar/prod/eu/limit", "/isobar/prod/limit")]
    [InlineData("""{"Key":"Name","Option":"Contains","Values":["eu","robar","n/x"]}""",
        "/isobar/prod/eu/limit", "/isobarn/x")]
    [InlineData("""{"Key":"Path","Option":"OneLevel","Values":["/isobar","/isobarn"]}""",
        "/isobar/limit", "/isobarn/x")]
    [InlineData("""{"Key":"Type","Values":["SecureString"]}""", "/isobarn/x")]
    [InlineData("""{"Key":"KeyId","Option":"BeginsWith","Values":["alias/aws/"]}""", "/isobarn/x")]
    [InlineData("""{"Key":"Tier","Values":["Advanced"]}""")]
    [InlineData("""{"Key":"tag:team","Values":["data","web"]}""", "limit")]
    [InlineData("""{"Key":"tag:team"}""", "limit")]
    public async Task Filters_choose_what_is_described(string filter, params string[] names)
    {
        await using var ssm = await StartAsync();

        Assert.Equal(names, Names(await ssm.OkAsync(
            "DescribeParameters", $$"""{"ParameterFilters":[{{filter}}]}""")));
    }

    [Fact]
    public async Task A_path_can_be_filtered_by_label_and_type()
    {
        await using var ssm = await StartAsync();
        await ssm.OkAsync("LabelParameterVersion", """{"Name":"/isobar/limit","Labels":["live"]}""");

        Assert.Equal(["/isobar/limit"], Names(await ssm.OkAsync("GetParametersByPath", """
            {"Path":"/","Recursive":true,"ParameterFilters":[
            {"Key":"Label","Values":["live"]},{"Key":"Type","Option":"BeginsWith","Values":["Str"]}]}
            """)));
    }

    [Theory]
    [InlineData("GetParametersByPath", """{"Path":"isobar"}""", "ValidationException The parameter doesn't meet the "
        + "parameter name requirements.")]
    [InlineData("GetParametersByPath", """{"Path":"/","MaxResults":11}""", "ValidationException 1 validation error "
        + "detected: Value '11' at 'maxResults' failed to satisfy constraint: Member must have value less than or "
        + "equal to 10")]
    [InlineData("GetParametersByPath", """{"Path":"/","ParameterFilters":[{"Key":"Name","Values":["a"]}]}""",
        "InvalidFilterKey The following filter key is not valid: Name. Valid filter keys include: [Type, KeyId].")]
    [InlineData("DescribeParameters", """{"ParameterFilters":[{"Key":"Label","Values":["a"]}]}""",
        "InvalidFilterKey The following filter key is not valid: Label. Valid filter keys include: [Path, Name, Type, "
        + "KeyId, Tier].")]
    [InlineData("DescribeParameters", """{"ParameterFilters":[{"Key":"Name"}]}""",
        "InvalidFilterValue The following filter values are missing : null for filter key Name.")]
    [InlineData("DescribeParameters", """{"ParameterFilters":[{"Key":"Path","Option":"Equals","Values":["/"]}]}""",
        "InvalidFilterOption The following filter option is not valid: Equals. Valid options include: [Recursive, "
        + "OneLevel].")]
    [InlineData("DescribeParameters", """{"ParameterFilters":[{"Key":"Type","Values":["Text"]}]}""",
        "InvalidFilterOption The following filter value is not valid: Text. Valid values include: [String, "
        + "StringList, SecureString].")]
    [InlineData("DescribeParameters",
        """{"ParameterFilters":[{"Key":"Name","Values":["a"]},{"Key":"Name","Values":["b"]}]}""",
        "InvalidFilterKey The following filter is duplicated in the request: Name.")]
    [InlineData("DescribeParameters", """{"NextToken":"?"}""", "InvalidNextToken The specified token is not valid.")]
    [InlineData("GetParameters", """{"Names":["1","2","3","4","5","6","7","8","9","10","11"]}""",
        "ValidationException 1 validation error detected: Value '[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]' at 'names' "
        + "failed to satisfy constraint: Member must have length less than or equal to 10")]
    [InlineData("DeleteParameter", """{"Name":"none"}""", "ParameterNotFound")]
    [InlineData("AddTagsToResource", """{"ResourceType":"Document","ResourceId":"a","Tags":[]}""",
        "InvalidResourceType")]
    [InlineData("ListTagsForResource", """{"ResourceType":"Parameter","ResourceId":"none"}""",
        "InvalidResourceId The resource ID is not valid. Verify that you entered the correct ID and try again.")]
    public async Task What_breaks_a_rule_is_refused_in_AWSs_words(string operation, string request, string error)
    {
        await using var ssm = await SsmOnPortZero.StartAsync();

        Assert.StartsWith($"400 {error}", await ssm.ErrorAsync(operation, request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_parameters_come_at_once_with_the_names_of_which_there_is_none()
    {
        await using var ssm = await StartAsync();

        var found = await ssm.OkAsync("GetParameters",
            """{"Names":["limit","none","/isobar/limit:1","/isobar/limit:2","limit"]}""");

        Assert.Equal(["limit", "/isobar/limit"], Names(found));
        Assert.Equal(":1", found.GetProperty("Parameters")[1].GetProperty("Selector").GetString());
        Assert.Equal("""["none","/isobar/limit:2"]""", found.GetProperty("InvalidParameters").GetRawText());
    }

    [Fact]
    public async Task A_deleted_parameter_is_gone_with_its_versions_and_tags()
    {
        await using var ssm = await StartAsync();

        Assert.Equal("""{"DeletedParameters":["limit"],"InvalidParameters":["none"]}""",
            (await ssm.OkAsync("DeleteParameters", """{"Names":["limit","none"]}""")).GetRawText());

        Assert.Equal("400 ParameterNotFound", await ssm.ErrorAsync("GetParameter", """{"Name":"limit"}"""));
        Assert.Equal(1, (await ssm.PutAsync("limit", "2")).GetProperty("Version").GetInt32());
        Assert.Equal("""{"TagList":[]}""", await TagsAsync(ssm));
    }

    [Fact]
    public async Task A_parameter_has_50_tags_at_most()
    {
        await using var ssm = await StartAsync();
        await ssm.OkAsync("AddTagsToResource", Tagged(Enumerable.Range(0, 49)));

        Assert.StartsWith("400 TooManyTagsError", await ssm.ErrorAsync("AddTagsToResource", Tagged([50])),
            StringComparison.Ordinal);

        await ssm.OkAsync("RemoveTagsFromResource", new JsonObject
        {
            ["ResourceType"] = "Parameter", ["ResourceId"] = "limit",
            ["TagKeys"] = new JsonArray([.. Enumerable.Range(0, 49).Select(i => (JsonNode)$"{i}")]),
        }.ToJsonString());
        Assert.Equal("""{"TagList":[{"Key":"team","Value":"data"}]}""", await TagsAsync(ssm));

        static string Tagged(IEnumerable<int> keys) => new JsonObject
        {
            ["ResourceType"] = "Parameter", ["ResourceId"] = "limit",
            ["Tags"] = new JsonArray(
                [.. keys.Select(key => (JsonNode)new JsonObject { ["Key"] = $"{key}", ["Value"] = "" })]),
        }.ToJsonString();
    }

    private static async Task<SsmOnPortZero> StartAsync()
    {
        var ssm = await SsmOnPortZero.StartAsync();
        foreach (var name in All)
        {
            if (name == "/isobarn/x") await ssm.PutSecretAsync(name, "1");
            else if (name == "limit") await ssm.OkAsync("PutParameter",
                """{"Name":"limit","Value":"1","Type":"String","Tags":[{"Key":"team","Value":"data"}]}""");
            else await ssm.PutAsync(name, "1");
        }

        return ssm;
    }

    private static async Task<string> TagsAsync(SsmOnPortZero ssm) => (await ssm.OkAsync(
        "ListTagsForResource", """{"ResourceType":"Parameter","ResourceId":"limit"}""")).GetRawText();

    private static string[] Names(JsonElement answer) =>
        [.. answer.GetProperty("Parameters").EnumerateArray().Select(each => each.GetProperty("Name").GetString()!)];
}
