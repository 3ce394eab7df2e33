using Isobar.Local.Lambda.Images;

namespace Isobar.Local.Tests.Lambda.Images;

/// <summary>The few instructions that images are built of here, and the refusal of all others.</summary>
public sealed class DockerfileTests
{
    private const string From = "FROM public.ecr.aws/lambda/dotnet:10\n";

    [Fact]
    public void A_file_without_more_than_a_base_starts_AWSs_script_in_the_folder_of_the_code()
    {
        var settings = Read(From).Settings;
        Assert.Equal("dotnet10", settings.Runtime);
        Assert.Equal(["/lambda-entrypoint.sh"], settings.EntryPoint);
        Assert.Empty(settings.Command);
        Assert.Equal("/var/task", settings.WorkingDirectory);
    }

    [Fact]
    public void Instructions_are_read_over_several_lines_in_any_case_with_arguments_and_variables_in_them()
    {
        var content = Read("""
            # A comment, and an argument before the base.
            ARG VERSION=8
            FROM public.ecr.aws/lambda/dotnet:${VERSION}-x86_64
            ARG FROM_FOLDER
            env GREETING="hello there"
            ENV WHERE=$LAMBDA_TASK_ROOT/sub
            COPY ${FROM_FOLDER}/ \
                 settings.json \
                 ${WHERE}/
            workdir sub
            ENTRYPOINT ["/var/task/sub/run", "-v"]
            CMD ["one", "two words"]
            """, ("VERSION", "10"), ("FROM_FOLDER", "out"));
        Assert.Equal("dotnet10", content.Settings.Runtime);
        Assert.Equal(["/var/task/sub/run", "-v"], content.Settings.EntryPoint);
        Assert.Equal(["one", "two words"], content.Settings.Command);
        Assert.Equal("/var/task/sub", content.Settings.WorkingDirectory);
        Assert.Equal("hello there", content.Settings.Variables["GREETING"]);
        var copy = Assert.Single(content.Copies);
        Assert.Equal((7, "/var/task/sub", true), (copy.Line, copy.Target, copy.IsFolder));
        Assert.Equal(["out/", "settings.json"], copy.Sources);
    }

    [Fact]
    public void A_new_entry_point_empties_the_command_before_it() =>
        Assert.Empty(Read(From + "CMD [\"a\"]\nENTRYPOINT [\"/var/task/a\"]").Settings.Command);

    [Theory]
    [InlineData("COPY a b", "Dockerfile:1: COPY before FROM")]
    [InlineData("", "Dockerfile:1: there is no FROM")]
    [InlineData("FROM debian:12", "Dockerfile:1: FROM debian:12: this host knows public.ecr.aws/lambda/dotnet:10, ")]
    [InlineData("FROM ${BASE}", "Dockerfile:1: $BASE: neither ARG nor ENV has given it a value")]
    [InlineData(From + From, "Dockerfile:2: a second FROM: this host builds one stage only")]
    [InlineData(From + "\n\nRUN dnf install gcc", "Dockerfile:4: RUN is not supported on this host, which builds")]
    [InlineData(From + "USER 1000", "Dockerfile:2: USER is not supported on this host")]
    [InlineData(From + "ADD a /opt/a", "Dockerfile:2: ADD is not supported on this host")]
    [InlineData(From + "CMD Notify", "Dockerfile:2: CMD must be a JSON list of texts, such as [\"a\", \"b\"]")]
    [InlineData(From + "ENTRYPOINT []", "Dockerfile:2: ENTRYPOINT is empty")]
    [InlineData(From + "ENTRYPOINT ['a']", "Dockerfile:2: ENTRYPOINT must be a JSON list of texts")]
    [InlineData(From + "COPY --chmod=755 a /opt/a", "Dockerfile:2: COPY --chmod=755 is not supported on this host")]
    [InlineData(From + "COPY --from=build a /opt/a", "Dockerfile:2: COPY --from=build is not supported on this host")]
    [InlineData(From + "COPY *.dll /opt/", "Dockerfile:2: COPY *.dll: patterns are not supported on this host")]
    [InlineData(From + "COPY a", "Dockerfile:2: COPY needs a source and a destination")]
    [InlineData(From + "COPY a /usr/bin/a", "Dockerfile:2: COPY to /usr/bin/a: this host lays files in ")]
    [InlineData(From + "COPY a /opt/../etc/a", "Dockerfile:2: COPY to /opt/../etc/a: this host lays files in ")]
    [InlineData(From + "COPY a /var/runtime/bootstrap", "Dockerfile:2: COPY to /var/runtime/bootstrap: this host ")]
    [InlineData(From + "ENV A=1 B=2", "Dockerfile:2: ENV must be one NAME=value, quoted where it has spaces")]
    [InlineData(From + "ARG A", "Dockerfile:2: ARG A has no default, and DockerBuildArgs gives no value")]
    [InlineData(From + "WORKDIR /app", "Dockerfile:2: WORKDIR /app: nothing is copied there, and this host makes no ")]
    [InlineData(From + "CMD [ \\", "Dockerfile:2: the last instruction continues on a line that is not there")]
    public void Anything_else_is_refused_with_file_and_line(string text, string start)
    {
        var refused = Assert.Throws<DockerfileException>(() => Read(text));
        Assert.StartsWith(start, refused.Message, StringComparison.Ordinal);
    }

    private static DockerfileContent Read(string text, params (string Name, string Value)[] arguments) =>
        Dockerfile.Read("Dockerfile", text, arguments.ToDictionary(given => given.Name, given => given.Value));
}
