using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Deployment;

public sealed class Functions
{
    private const string Mappings = "Mappings: {Sizes: {dev: {Memory: 128, Zones: [a, b]}}}";
    private const string Parameters = "Parameters: {Stage: {Type: String, Default: dev}, "
        + "Names: {Type: CommaDelimitedList, Default: 'x, y ,z'}}";
    private const string Conditions = Parameters + "\nConditions:\n"
        + "  IsDev: !Equals [!Ref Stage, dev]\n"
        + "  IsProd: !Equals [!Ref Stage, prod]\n"
        + "  Both: !And [!Condition IsDev, !Condition IsProd]\n"
        + "  Either: !Or [Condition: IsProd, Condition: IsDev]\n"
        + "  Neither: !Not [!Condition Either]\n";

    [Theory]
    [InlineData("AWS::AccountId", "000000000000")]
    [InlineData("AWS::Region", "us-east-1")]
    [InlineData("AWS::StackName", "isobar")]
    [InlineData("AWS::StackId", "arn:aws:cloudformation:us-east-1:000000000000:stack/isobar/1")]
    [InlineData("AWS::Partition", "aws")]
    [InlineData("AWS::URLSuffix", "amazonaws.com")]
    public async Task Ref_gives_a_pseudo_parameter(string name, string value) =>
        Assert.Equal(value, await Deploy.Value($"!Ref '{name}'"));

    [Theory]
    [InlineData("!Ref Queue", "ref-queue")]
    [InlineData("{Ref: Queue}", "ref-queue")]
    [InlineData("!GetAtt Queue.Arn", "arn:test:queue")]
    [InlineData("{'Fn::GetAtt': [Queue, Arn]}", "arn:test:queue")]
    [InlineData("{'Fn::GetAtt': Queue.Arn}", "arn:test:queue")]
    [InlineData("!GetAtt Queue.Name.Full", "full-queue")]
    public async Task Ref_and_GetAtt_give_what_the_provider_answered(string expression, string value) =>
        Assert.Equal(value, await Deploy.Value(expression));

    [Theory]
    [InlineData("!Sub 'a-${AWS::Region}-${Queue}-${Queue.Arn}'", "a-us-east-1-ref-queue-arn:test:queue")]
    [InlineData("!Sub ['${Left}/${Queue}', {Left: !GetAtt Queue.Arn}]", "arn:test:queue/ref-queue")]
    [InlineData("!Sub '${!Literal} $ {} $5'", "${Literal} $ {} $5")]
    [InlineData("{'Fn::Sub': '${AWS::StackName}'}", "isobar")]
    [InlineData("!Sub ''", "")]
    public async Task Sub_puts_names_and_variables_into_text(string expression, string value) =>
        Assert.Equal(value, await Deploy.Value(expression));

    [Theory]
    [InlineData("!Join [':', [a, !Ref Queue, c]]", "a:ref-queue:c")]
    [InlineData("!Join ['-', !Ref Names]", "x-y-z")]
    [InlineData("!Join ['-', !Split [',', 'p,q,r']]", "p-q-r")]
    [InlineData("!Select [1, [a, b, c]]", "b")]
    [InlineData("!Select ['2', !Split ['|', '1|2|3']]", "3")]
    [InlineData("!Select [0, !Ref Names]", "x")]
    public async Task Join_Split_and_Select_work_on_lists(string expression, string value) =>
        Assert.Equal(value, await Deploy.Value(expression, Parameters));

    [Theory]
    [InlineData("!FindInMap [Sizes, !Ref Stage, Memory]", "128")]
    [InlineData("!Select [1, !FindInMap [Sizes, dev, Zones]]", "b")]
    public async Task FindInMap_reads_two_levels(string expression, string value) =>
        Assert.Equal(value, await Deploy.Value(expression, $"{Mappings}\n{Parameters}"));

    [Theory]
    [InlineData("IsDev", true)]
    [InlineData("IsProd", false)]
    [InlineData("Both", false)]
    [InlineData("Either", true)]
    [InlineData("Neither", false)]
    public async Task If_takes_the_branch_of_its_condition(string condition, bool holds) =>
        Assert.Equal(holds ? "then" : "else", await Deploy.Value($"!If [{condition}, then, else]", Conditions));

    [Fact]
    public async Task A_condition_follows_the_parameter_it_tests()
    {
        var profile = ParameterProfile.Empty.With(["Stage=prod"], "--parameter-overrides");
        Assert.Equal("prod", await Deploy.Value("!If [IsProd, prod, other]", Conditions, profile));
    }

    [Fact]
    public async Task NoValue_removes_a_property_and_an_item()
    {
        var text = "";
        var provider = new RecordingProvider
        {
            Read = properties => text = properties.OptionalJson("A")!.ToJsonString(),
        };
        await Deploy.Template(
            """
            Resources:
              Thing:
                Type: Test::Thing
                Properties:
                  A: {Kept: 1, Gone: !Ref 'AWS::NoValue', List: [!Ref 'AWS::NoValue', 'two']}
                  B: !Ref AWS::NoValue
            """, provider);
        Assert.Equal("""{"Kept":1,"List":["two"]}""", text);
    }

    [Theory]
    [InlineData("!Ref 'AWS::NotificationARNs'", "AWS::NotificationARNs is not supported; supported are")]
    [InlineData("!Ref Nobody", "Unresolved resource dependencies [Nobody] in the Outputs block of the template")]
    [InlineData("!Sub '${Nobody.Arn}'", "Unresolved resource dependencies [Nobody] in the Outputs block")]
    [InlineData("!GetAtt Queue.Colour", "Test::Thing has no attribute Colour; supported are Arn, ")]
    [InlineData("!If [Missing, a, b]", "Unresolved condition dependency Missing")]
    [InlineData("!If [IsDev, a]", "Fn::If takes a list of a condition name and two values")]
    [InlineData("!Select [7, [a]]", "Fn::Select cannot select nonexistent value at index 7")]
    [InlineData("!Select [-1, [a]]", "Fn::Select index -1 must be an integer from 0")]
    [InlineData("!FindInMap [Sizes, prod, Memory]", "Unable to get mapping for Sizes::prod::Memory")]
    [InlineData("!Join [',', text]", "every value joined or substituted must be a string")]
    [InlineData("!Sub '${Names}'", "every value joined or substituted must be a string")]
    [InlineData("!Sub 'x${Queue'", "Fn::Sub has a ${ without a }")]
    [InlineData("!Sub ['x', {Unused: 1}]", "Fn::Sub does not use its variable Unused")]
    [InlineData("!GetAZs ''", "Fn::GetAZs is not supported here; supported are Ref, Fn::FindInMap")]
    [InlineData("!ImportValue x", "Fn::ImportValue is not supported here")]
    [InlineData("!Nonsense x", "!Nonsense is no intrinsic function")]
    [InlineData("{'Fn::Join': ['', [a]], Other: 1}", "Fn::Join must be the only key of its map")]
    [InlineData("[a, b]", "must be a string")]
    public async Task A_function_that_can_not_be_evaluated_is_an_error_at_its_line(string expression, string message)
    {
        var template = $"{Mappings}\n{Conditions}Resources: {{Queue: {{Type: 'Test::Thing'}}}}\n"
            + $"Outputs:\n  V: {{Value: {expression}}}";
        var line = template.Split('\n').Length;
        var error = Assert.Single(await Deploy.Errors(template));
        Assert.StartsWith($"template.yaml:{line}: ", error);
        Assert.Contains(message, error);
    }

    [Fact]
    public async Task Conditions_that_need_each_other_are_an_error()
    {
        var errors = await Deploy.Errors(
            """
            Conditions:
              A: !Not [!Condition B]
              B: !Not [!Condition A]
            Resources: {Thing: {Type: 'Test::Thing', Condition: A}}
            """);
        Assert.Equal(["template.yaml:2: A: Circular dependency between conditions: [A, B]"], errors);
    }

    [Fact]
    public async Task Conditions_can_not_name_resources()
    {
        var errors = await Deploy.Errors(
            """
            Conditions: {A: !Equals [!Ref Thing, x]}
            Resources: {Thing: {Type: 'Test::Thing'}}
            """);
        Assert.Equal(
            ["template.yaml:1: A: Unresolved resource dependencies [Thing] in the Conditions block of the template"],
            errors);
    }
}
