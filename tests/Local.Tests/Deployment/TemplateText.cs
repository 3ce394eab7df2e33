using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Tests.Deployment;

public sealed class TemplateText
{
    [Fact]
    public async Task A_template_in_JSON_deploys_like_one_in_YAML()
    {
        var stack = await Deploy.Template(
            """
            {
            	"Resources": { "Thing": { "Type": "Test::Thing", "Properties": { "A": "x\u0041" } } },
            	"Outputs": { "V": { "Value": { "Fn::Join": ["-", [ { "Ref": "Thing" }, "b" ]] } } }
            }
            """);
        Assert.Equal("ref-thing-b", Assert.Single(stack.Outputs).Value);
    }

    [Theory]
    [InlineData("A: &x 1\nB: *x", "template.yaml:2: YAML aliases are not supported")]
    [InlineData("A:\n  <<: {B: 1}", "template.yaml:2: YAML merge keys are not supported")]
    [InlineData("A: 1\nB: 2\nA: 3", "template.yaml:3: the key A is written twice in the same map")]
    [InlineData("A: 1\nB:", "template.yaml:2: null values are not allowed in templates")]
    [InlineData("Resources:\n  F: {Type: AWS::SQS::Queue, Properties: {A: null}}",
        "template.yaml:2: null values are not allowed in templates")]
    [InlineData("Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {A: {B: null}}}",
        "template.yaml:2: null values are not allowed in templates")]
    [InlineData("A: 1\n? [a]\n: 2", "template.yaml:2: a key must be a string")]
    [InlineData("A: 1\n---\nB: 1", "template.yaml:2: the file holds several documents")]
    [InlineData("- a", "template.yaml:1: the file must hold a map, not a list")]
    [InlineData("", "template.yaml:1: the file is empty")]
    public async Task Text_that_no_template_may_hold_is_an_error_at_its_line(string text, string error) =>
        Assert.Equal([error], await Deploy.Errors(text));

    [Fact]
    public async Task Text_that_is_not_YAML_is_an_error_at_its_line()
    {
        var error = Assert.Single(await Deploy.Errors("A: 1\nB: 'open"));
        Assert.StartsWith("template.yaml:", error);
    }

    [Fact]
    public async Task YAML_that_the_parser_gives_up_on_is_an_error_near_its_line() =>
        Assert.Equal(
            ["template.yaml:2: malformed YAML at or soon after this line"],
            await Deploy.Errors("A: 1\nB: !Equals [{!Ref Stage, dev]\nC: 1"));

    [Fact]
    public async Task Nesting_is_bounded()
    {
        static string Nested(int levels) =>
            $"A: {new string('[', levels - 1)}{new string(']', levels - 1)}";
        var atTheBound = new TemplateSource("template.yaml", Nested(TemplateReader.MaxDepth));
        Assert.Single(TemplateReader.Read(atTheBound).Entries);
        Assert.Equal(
            ["template.yaml:1: nested deeper than 100 levels"],
            await Deploy.Errors(Nested(TemplateReader.MaxDepth + 1)));
    }

    [Theory]
    [InlineData("Rules: {A: {}}", "Rules is not supported; supported are AWSTemplateFormatVersion, Transform")]
    [InlineData("AWSTemplateFormatVersion: 2011-01-01", "AWSTemplateFormatVersion must be 2010-09-09")]
    [InlineData("Transform: AWS::LanguageExtensions", "Transform AWS::LanguageExtensions is not supported;")]
    [InlineData("Globals: {Function: {Timeout: 3}}", "Globals needs Transform: AWS::Serverless-2016-10-31")]
    [InlineData("Parameters: [a]", "Parameters must be a map, not a list")]
    [InlineData("Outputs: {V: {Description: x}}", "V: an output must be a map with a Value")]
    public async Task A_section_that_is_not_known_or_malformed_is_an_error(string section, string message)
    {
        var error = Assert.Single(await Deploy.Errors($"Resources: {{Thing: {{Type: 'Test::Thing'}}}}\n{section}"));
        Assert.StartsWith("template.yaml:2: ", error);
        Assert.Contains(message, error);
    }

    [Theory]
    [InlineData("Thing: {Type: 'Test::Thing', CreationPolicy: {}}", "CreationPolicy is not supported; supported are")]
    [InlineData("Thing: {Properties: {}}", "a resource must have a Type")]
    [InlineData("My-Thing: {Type: 'Test::Thing'}", "Resource name is non alphanumeric")]
    [InlineData("Thing: {Type: 'Test::Thing', DependsOn: Nobody}", "Unresolved resource dependencies [Nobody]")]
    [InlineData("Thing: {Type: 'Test::Thing', Condition: Nothing}", "Unresolved condition dependency Nothing")]
    [InlineData("Thing: {Type: 'Test::Thing', Properties: [a]}", "Properties must be a map, not a list")]
    public async Task A_malformed_resource_is_an_error_at_its_line(string resource, string message)
    {
        var error = Assert.Single(await Deploy.Errors($"Resources:\n  Good: {{Type: 'Test::Thing'}}\n  {resource}"));
        Assert.StartsWith("template.yaml:3: ", error);
        Assert.Contains(message, error);
    }

    [Fact]
    public async Task Resources_are_bounded_at_500()
    {
        static string Things(int count) => "Resources:\n"
            + string.Join('\n', Enumerable.Range(0, count).Select(i => $"  Thing{i}: {{Type: 'Test::Thing'}}"));
        Assert.Equal(500, (await Deploy.Template(Things(500))).Resources.Count);
        Assert.Equal(
            ["template.yaml:1: Resources must hold 1 to 500 resources, not 501"], await Deploy.Errors(Things(501)));
    }

    [Fact]
    public async Task A_file_over_1_MB_or_absent_is_refused()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");
        try
        {
            await File.WriteAllTextAsync(path, new string('#', TemplateSource.MaxBytes + 1), Cancellation);
            var big = await Assert.ThrowsAsync<DeploymentException>(
                () => TemplateSource.FromFileAsync(path, Cancellation));
            Assert.EndsWith("the file is over 1048576 bytes", big.Message);
            await File.WriteAllTextAsync(path, new string('#', TemplateSource.MaxBytes), Cancellation);
            var atTheBound = await TemplateSource.FromFileAsync(path, Cancellation);
            Assert.Equal(TemplateSource.MaxBytes, atTheBound.Text.Length);
        }
        finally
        {
            File.Delete(path);
        }

        var absent = await Assert.ThrowsAsync<DeploymentException>(
            () => TemplateSource.FromFileAsync(path, Cancellation));
        Assert.EndsWith("the file does not exist", absent.Message);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
