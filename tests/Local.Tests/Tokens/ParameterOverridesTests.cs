using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Parameters;
using Isobar.Local.Deployment.Templates;
using Isobar.Local.Tokens;

namespace Isobar.Local.Tests.Tokens;

/// <summary>
/// The keys as a parameter's value: on their way through <c>sam deploy --parameter-overrides</c>, and against the
/// template's pattern.
/// </summary>
public sealed partial class ParameterOverridesTests : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => key.Dispose();

    [Fact]
    public void What_the_command_prints_arrives_whole()
    {
        var keys = new TokenIssuer(key).PublicKeys;
        Assert.Equal(keys, SamParameters($"TokenPublicKeys={keys}")["TokenPublicKeys"]);
        Assert.Equal($"{keys}.{keys}", SamParameters($"TokenPublicKeys={keys}.{keys}")["TokenPublicKeys"]);
        Assert.Equal(
            [("Other", "1"), ("TokenPublicKeys", keys)],
            SamParameters($"Other=1 TokenPublicKeys={keys}").Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Null(Violation(keys));
        Assert.Null(Violation($"{keys}.{keys}"));
    }

    [Fact]
    public void JSON_would_arrive_as_its_first_brace()
    {
        var arrived = SamParameters("""TokenPublicKeys={"keys":[{"kty":"EC","crv":"P-256"}]}""");
        Assert.Equal("{", arrived["TokenPublicKeys"]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("eyJrZXlzIjpbXX0=")]
    [InlineData("eyJrZXlzIjpbXX0,eyJrZXlzIjpbXX0")]
    [InlineData("eyJrZXlzIjpbXX0.")]
    [InlineData("eyJrZXlzIjpbXX0 ")]
    [InlineData("eyJrZXlzIjpbXX0\n")]
    [InlineData("LS0tLS1CRUdJTiBQVUJMSUMgS0VZ")]
    [InlineData("-----BEGIN PUBLIC KEY-----")]
    [InlineData("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE")]
    public void The_template_refuses_what_the_command_does_not_print(string value) => Assert.Equal(
        "Parameter TokenPublicKeys failed to satisfy constraint: must be what `isobar token keys` prints, a JSON Web "
            + "Key Set in base64url, or several of them joined by dots.", Violation(value));

    private static string? Violation(string value)
    {
        var errors = new ErrorList();
        var template = TemplateReader.Read(new TemplateSource("template.yaml", File.ReadAllText(Template())));
        var parameter = Assert.Single(
            ParameterDeclaration.ReadAll((TemplateMapping)template.Find("Parameters")!.Value, errors),
            parameter => parameter.Name == "TokenPublicKeys");
        return ParameterConstraints.Violation(parameter, [value]);
    }

    private static string Template()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); ; folder = folder.Parent!)
            if (File.Exists(Path.Combine(folder.FullName, "template.yaml")))
                return Path.Combine(folder.FullName, "template.yaml");
    }

    // What SAM CLI 1.164 makes of the option's value (samcli/cli/types.py): pairs after a space, each a name, an equals
    // sign, and a value in double quotes, in single quotes, or of anything but spaces, double quotes and backslashes.
    private static Dictionary<string, string> SamParameters(string overrides) => Pair().Matches($" {overrides.Trim()}")
        .ToDictionary(pair => pair.Groups[1].Value.Trim('"', '\''), pair => Unquoted(pair.Groups[2].Value));

    private static string Unquoted(string value) =>
        value is ['"', .., '"'] or ['\'', .., '\''] ? value[1..^1] : value;

    [GeneratedRegex("""(?: )([A-Za-z0-9"']+)=("(?:\\.|[^"\\]+)*"|'(?:\\.|[^'\\]+)*'|(?:\\.|[^ "\\]+)+)""")]
    private static partial Regex Pair();
}
