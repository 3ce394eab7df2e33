using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Deployment;

public sealed class Parameters
{
    private const string Resources = "\nResources: {Thing: {Type: 'Test::Thing'}}";

    [Theory]
    [InlineData("{Type: String, AllowedPattern: '[a-z]+'}", "abc1", "'P' must match pattern [a-z]+")]
    [InlineData("{Type: String, AllowedValues: [dev, prod]}", "test", "'P' must be one of AllowedValues: dev, prod")]
    [InlineData("{Type: String, MinLength: 3}", "ab", "'P' must contain at least 3 characters")]
    [InlineData("{Type: String, MaxLength: 3}", "abcd", "'P' must contain at most 3 characters")]
    [InlineData("{Type: Number}", "many", "'P' must be a number")]
    [InlineData("{Type: Number, MinValue: 2}", "1", "'P' must be a number not less than 2")]
    [InlineData("{Type: Number, MaxValue: 2}", "2.5", "'P' must be a number not greater than 2")]
    [InlineData("{Type: 'List<Number>'}", "1,b", "'P' must be a number")]
    [InlineData("{Type: CommaDelimitedList, AllowedPattern: '[a-z]+'}", "a,B", "'P' must match pattern [a-z]+")]
    [InlineData("{Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: be small}", "A",
        "P failed to satisfy constraint: be small")]
    public async Task A_value_outside_its_constraints_is_an_error(string declaration, string value, string message)
    {
        var profile = ParameterProfile.Empty.With([$"P={value}"], "--parameter-overrides");
        var errors = await Deploy.Errors($"Parameters: {{P: {declaration}}}{Resources}", profile: profile);
        Assert.Equal([$"--parameter-overrides: P: Parameter {message}"], errors);
    }

    [Theory]
    [InlineData("{Type: String, AllowedPattern: '[a-z]+'}", "abc")]
    [InlineData("{Type: Number, MinValue: 2, MaxValue: 2}", "2")]
    [InlineData("{Type: String, MinLength: 3, MaxLength: 3}", "abc")]
    public async Task A_value_at_its_bounds_is_taken(string declaration, string value)
    {
        var profile = ParameterProfile.Empty.With([$"P={value}"], "--parameter-overrides");
        var stack = await Deploy.Template($"Parameters: {{P: {declaration}}}{Resources}", profile: profile);
        Assert.Equal(value, stack.Parameters["P"]);
    }

    [Fact]
    public async Task A_default_outside_the_constraints_is_an_error_at_the_default()
    {
        var errors = await Deploy.Errors($"Parameters:\n  P:\n    Type: Number\n    Default: many{Resources}");
        Assert.Equal(["template.yaml:4: P: Parameter 'P' must be a number"], errors);
    }

    [Fact]
    public async Task Missing_and_unknown_parameters_are_both_reported()
    {
        var profile = ParameterProfile.Read(new TemplateSource("local.yaml", "A: 1\nB: 2"));
        var errors = await Deploy.Errors($"Parameters:\n  A: {{Type: String}}\n  C: {{Type: String}}{Resources}",
            profile: profile);
        Assert.Equal(
            [
                "template.yaml:3: C: Parameters: [C] must have values",
                "local.yaml:2: B: Parameters: [B] do not exist in the template",
            ],
            errors);
    }

    [Theory]
    [InlineData("AWS::SSM::Parameter::Value<String>")]
    [InlineData("AWS::EC2::VPC::Id")]
    public async Task Parameter_types_that_need_an_account_are_refused(string type)
    {
        var errors = await Deploy.Errors($"Parameters:\n  P: {{Type: '{type}', Default: x}}{Resources}");
        Assert.Equal(
            [
                $"template.yaml:2: P: the parameter type {type} is not supported; supported are String, Number, "
                    + "CommaDelimitedList, List<Number>",
            ],
            errors);
    }

    [Fact]
    public async Task Overrides_win_over_the_profile_and_the_profile_over_defaults()
    {
        var profile = ParameterProfile.Read(new TemplateSource("local.yaml", "A: file\nB: file\nL: [x, y]"))
            .With(["B=line=1"], "--parameter-overrides");
        var stack = await Deploy.Template(
            "Parameters: {A: {Type: String, Default: d}, B: {Type: String, Default: d}, C: {Type: String, Default: d},"
            + $" L: {{Type: CommaDelimitedList}}}}{Resources}",
            profile: profile);
        Assert.Equal(
            new Dictionary<string, string> { ["A"] = "file", ["B"] = "line=1", ["C"] = "d", ["L"] = "x,y" },
            stack.Parameters);
    }

    [Fact]
    public void An_override_without_an_equals_sign_is_an_error()
    {
        var exception = Assert.Throws<DeploymentException>(
            () => ParameterProfile.Empty.With(["Stage"], "--parameter-overrides"));
        Assert.Equal("--parameter-overrides: Stage is not of the form Name=value", exception.Message);
    }

    [Fact]
    public async Task A_NoEcho_value_is_used_but_never_shown()
    {
        var stack = await Deploy.Template(
            "Parameters: {P: {Type: String, NoEcho: true, Default: secret}}" + Resources
            + "\nOutputs: {V: {Value: !Ref P}}");
        Assert.Equal("****", stack.Parameters["P"]);
        Assert.Equal("secret", stack.Outputs[0].Value);
    }
}
