using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Deployment;

public sealed class Properties
{
    private const string Template =
        """
        Resources:
          Thing:
            Type: Test::Thing
            Properties:
              Name: thing
              Count: '5'
              On: 'true'
              Nested:
                Inner: a
                Typo: b
              Rules:
                - {Name: prefix, Value: in/}
                - {Name: suffix, Valu: .csv}
              Names: [a, 1, true]
              Variables: {A: 1, B: x}
              Document: {Version: '2012-10-17', Number: 007, List: [1, 2.5, true, '1']}
        """;

    [Fact]
    public async Task Values_convert_as_CloudFormation_converts_them()
    {
        await Deploy.Template(Template, new RecordingProvider
        {
            Read = properties =>
            {
                Assert.Equal("thing", properties.RequiredString("Name"));
                Assert.Equal(5, properties.RequiredInt32("Count", 1, 5));
                Assert.True(properties.OptionalBoolean("On"));
                Assert.Equal("a", properties.RequiredMap("Nested").OptionalString("Inner"));
                Assert.Equal(["a", "1", "true"], properties.OptionalStringList("Names"));
                Assert.Equal("1", properties.OptionalStringMap("Variables")!["A"]);
                Assert.Equal(
                    """{"Version":"2012-10-17","Number":"007","List":[1,2.5,true,"1"]}""",
                    properties.OptionalJson("Document")!.ToJsonString());
                Assert.Null(properties.OptionalString("Absent"));
                Assert.Null(properties.OptionalInt32("Absent", 0, 1));
                ReadLeniently(properties);
            },
        });
    }

    [Fact]
    public async Task A_property_that_nobody_read_is_an_error_even_when_the_provider_forgets_to_finish()
    {
        var errors = await Deploy.Errors(Template, new RecordingProvider
        {
            Read = properties =>
            {
                properties.OptionalMap("Nested")!.OptionalString("Inner");
                foreach (var rule in properties.RequiredList("Rules")) ReadRule(rule);
                foreach (var name in properties.Names.Except(["Nested", "Rules"])) properties.OptionalJson(name);
            },
        });
        Assert.Equal(
            [
                "template.yaml:10: Thing: property Nested.Typo of Test::Thing is not supported; supported are Inner",
                "template.yaml:13: Thing: property Rules[1].Valu of Test::Thing is not supported; "
                    + "supported are Name, Value",
            ],
            errors);
    }

    [Fact]
    public async Task Wrong_values_are_reported_together_at_their_lines()
    {
        var errors = await Deploy.Errors(Template, new RecordingProvider
        {
            Read = properties =>
            {
                properties.OptionalString("Name", "one", "two");
                properties.OptionalInt32("Count", 6, 10);
                properties.OptionalBoolean("Name");
                properties.OptionalString("Nested");
                properties.OptionalMap("Rules");
                properties.OptionalList("Names");
                properties.OptionalStringList("Document");
                properties.OptionalStringMap("Document");
                properties.Refuse("On", "needs Off");
                properties.OptionalJson("Variables");
                properties.RequiredInt32("Size", 1, 2);
            },
        });
        Assert.Equal(
            [
                "template.yaml:2: Thing: property Size is required",
                "template.yaml:5: Thing: Name must be one of one, two, not thing",
                "template.yaml:5: Thing: Name must be true or false, not thing",
                "template.yaml:6: Thing: Count must be an integer from 6 to 10, not 5",
                "template.yaml:7: Thing: On needs Off",
                "template.yaml:9: Thing: Nested must be a string, not a map",
                "template.yaml:12: Thing: Rules must be a map, not a list",
                "template.yaml:14: Thing: Names must be a list of maps",
                "template.yaml:16: Thing: Document must be a list of strings",
                "template.yaml:16: Thing: Document must be a map of strings",
            ],
            errors);
    }

    [Theory]
    [InlineData("5.5")]
    [InlineData("five")]
    [InlineData("'99999999999999999999999999999999'")]
    [InlineData("[5]")]
    public async Task A_number_must_be_an_integer_in_range(string value)
    {
        var errors = await Deploy.Errors(
            $"Resources: {{Thing: {{Type: 'Test::Thing', Properties: {{Size: {value}}}}}}}",
            new RecordingProvider { Read = properties => properties.OptionalInt32("Size", 0, int.MaxValue) });
        Assert.Contains("Size must be an integer from 0 to 2147483647, not ", Assert.Single(errors));
    }

    [Fact]
    public async Task An_inert_property_is_accepted_and_listed()
    {
        var stack = await Deploy.Template(
            """
            Resources:
              Thing:
                Type: Test::Thing
                DeletionPolicy: Retain
                Properties:
                  Nested: {Tags: x}
            """,
            new RecordingProvider
            {
                Read = properties =>
                {
                    properties.Inert("Absent", "it is not there");
                    properties.OptionalMap("Nested")!.Inert("Tags", "nothing reads tags");
                },
            });
        Assert.Equal(
            ["template.yaml:6: Thing: Nested.Tags changes nothing locally: nothing reads tags"],
            stack.Inert.Select(setting => setting.ToString()));
    }

    private static void ReadRule(PropertyReader rule)
    {
        rule.RequiredString("Name");
        rule.OptionalString("Value");
    }

    private static void ReadLeniently(PropertyReader properties)
    {
        properties.OptionalJson("Nested");
        properties.OptionalJson("Rules");
        properties.OptionalMap("Nested")!.OptionalString("Typo");
    }
}
