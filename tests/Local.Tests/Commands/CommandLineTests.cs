namespace Isobar.Local.Tests.Commands;

/// <summary>A command line that can't be carried out is refused in words, before anything starts.</summary>
public sealed class CommandLineTests
{
    private static readonly string LongName = new('x', 129);

    public static readonly TheoryData<string, string[]> Mistakes = new()
    {
        { "--port takes 0 to 65535, not '-1'", ["up", "--port", "-1"] },
        { "--port takes 0 to 65535, not '65536'", ["up", "--port", "65536"] },
        { "--port takes 0 to 65535, not '99999999999'", ["tour", "--port", "99999999999"] },
        { "--port takes 0 to 65535, not 'x'", ["up", "--port", "x"] },
        { "--port takes 0 to 65535, not ''", ["up", "--port", ""] },
        { "--edge-port takes 0 to 65535, not '-1'", ["up", "--edge-port", "-1"] },
        { "--edge-port takes 0 to 65535, not ''", ["tour", "--edge-port", ""] },
        { "--port and --edge-port are both 4600", ["up", "--port", "4600", "--edge-port", "4600"] },
        { "--port and --edge-port are both 4580", ["up", "--edge-port", "4580"] },
        { "--max-environments takes 1 to 1000, not '0'", ["up", "--max-environments", "0"] },
        { "--max-environments takes 1 to 1000, not '-3'", ["up", "--max-environments", "-3"] },
        { "--max-environments takes 1 to 1000, not '9999999999'", ["up", "--max-environments", "9999999999"] },
        { "'jail'", ["up", "--isolation", "jail"] },
        { "'1'", ["up", "--isolation", "1"] },
        { "''", ["up", "--isolation", ""] },
        { "'Fast'", ["up", "--configuration", "Fast"] },
        { "--template: there is no file", ["up", "--template", "missing.yaml"] },
        { "--template: the name of the file is empty", ["up", "--template", ""] },
        { "is a folder, not a file", ["up", "--template", "/"] },
        { "--file: there is no file", ["tour", "--file", "missing.csv"] },
        { "--file: the name of the file is empty", ["tour", "--file", ""] },
        { "is a folder, not a file", ["tour", "--file", "/"] },
        { "takes Name=value pairs, not 'Name'", ["up", "--parameter-overrides", "Name"] },
        { "takes Name=value pairs, not '=value'", ["up", "--parameter-overrides", "A=b", "=value"] },
        { "takes Name=value pairs, not ''", ["tour", "--parameter-overrides", ""] },
        { "not ''", ["clock", "advance", ""] },
        { "not 'x'", ["clock", "advance", "x"] },
        { "not '5'", ["clock", "advance", "5"] },
        { "not 's'", ["clock", "advance", "s"] },
        { "not '1e3s'", ["clock", "advance", "1e3s"] },
        { "not 'NaNs'", ["clock", "advance", "NaNs"] },
        { "not '1.2.3s'", ["clock", "advance", "1.2.3s"] },
        { "not 'Infinitys'", ["clock", "advance", "Infinitys"] },
        { "at most 14d at a time, not by 15d", ["clock", "advance", "15d"] },
        { "at most 14d at a time, not by 14.01d", ["clock", "advance", "14.01d"] },
        { "at most 14d at a time, not by 99999999999d", ["clock", "advance", "99999999999d"] },
        { "at most 14d at a time", ["clock", "advance", new string('9', 400) + "s"] },
        { "--endpoint takes an http address", ["clock", "next", "--endpoint", "4580"] },
        { "--endpoint takes an http address", ["clock", "next", "--endpoint", ""] },
        { "--endpoint takes an http address", ["clock", "next", "--endpoint", "ftp://127.0.0.1"] },
        { "--endpoint takes an http address", ["clock", "next", "--endpoint", "http://127.0.0.1:99999"] },
        { "--hours takes 1 to 24, not '0'", ["token", "--hours", "0"] },
        { "--hours takes 1 to 24, not '25'", ["token", "--hours", "25"] },
        { "--hours takes 1 to 24, not '1.5'", ["token", "--hours", "1.5"] },
        { "--subject takes 1 to 128 characters", ["token", "--subject", ""] },
        { "--subject takes 1 to 128 characters", ["token", "--subject", LongName] },
        { "--stack-name takes a letter", ["token", "--stack-name", ""] },
        { "--stack-name takes a letter", ["token", "--stack-name", "1st"] },
        { "--stack-name takes a letter", ["token", "--stack-name", "a_b"] },
        { "--stack-name takes a letter", ["token", "--stack-name", LongName] },
        { "log takes s3://bucket/key, not 'bucket'", ["experiment", "bucket"] },
        { "log takes s3://bucket/key, not 's3://'", ["experiment", "s3://"] },
        { "--from takes a day", ["experiment", "s3://b/p", "--from", "30.11.2026"] },
        { "--to takes a day", ["experiment", "s3://b/p", "--to", ""] },
        { "explain takes a row, as s3://", ["explain", "x"] },
        { "--since takes up to 90d", ["explain", "s3://b/k:1", "--since", "91d"] },
        { "--stack-name takes a letter", ["explain", "s3://b/k:1", "--stack-name", "_"] },
        { "queue is one of IntakeFailuresQueue", ["resend", "ChunksQueue"] },
        { "--publish takes s3://bucket/key", ["experiment", "s3://b/p", "--publish", "/"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_wrong_value_is_refused(string says, string[] arguments)
    {
        var errors = Program.CommandLine().Parse(arguments).Errors.Select(error => error.Message).ToArray();

        Assert.Contains(errors, error => error.Contains(says, StringComparison.Ordinal));
        Assert.DoesNotContain(errors, error => error.Contains("System.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--stack-name takes a letter", "publish", "--stack-name", "a_b")]
    [InlineData("retire takes either --key=ID or --others", "retire")]
    [InlineData("retire takes either --key=ID or --others", "retire", "--key=a", "--others")]
    public void A_wrong_change_of_keys_is_refused(string says, params string[] arguments) =>
        A_wrong_value_is_refused(says, ["token", "keys", .. arguments]);

    [Theory]
    [InlineData("up")]
    [InlineData("up", "--port", "0", "--edge-port", "0")]
    [InlineData("up", "--port", "65535")]
    [InlineData("up", "--isolation", "plain", "--configuration", "Release", "--max-environments", "1000")]
    [InlineData("up", "--parameter-overrides", "A=b", "B=", "C=d=e")]
    [InlineData("tour", "--file", "/etc/hostname")]
    [InlineData("clock", "advance", "14d")]
    [InlineData("clock", "advance", ".5s")]
    [InlineData("clock", "next", "--endpoint", "http://localhost:4580")]
    [InlineData("experiment", "s3://logs/edge/", "--from", "2026-11-01", "--to", "2026-11-30")]
    [InlineData("explain", "USW00094728/2014-01", "--json", "--stack-name", "other", "--since", "14d")]
    [InlineData("resend", "UndeliveredQueue", "--stack-name", "other")]
    [InlineData("token", "keys", "--file", "keys.json")]
    [InlineData("token", "--hours", "24", "--subject", "Zoë, from Zürich", "--stack-name", "my-stack")]
    public void A_right_one_is_taken(params string[] arguments) =>
        Assert.Empty(Program.CommandLine().Parse(arguments).Errors);
}
