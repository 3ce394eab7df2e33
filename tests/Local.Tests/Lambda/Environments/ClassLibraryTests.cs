namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>Handlers <c>Assembly::Type::Method</c>, in real processes.</summary>
public sealed class ClassLibraryTests
{
    [Theory]
    [InlineData("Library::Isobar.Library.Handlers::GreetAsync",
        """{"Text":"Hello Ada","Function":"library","HasTime":true}""")]
    [InlineData("library::Isobar.Library.Handlers::GreetAsync",
        """{"Text":"Hello Ada","Function":"library","HasTime":true}""")]
    [InlineData("Library::Isobar.Library.Handlers::Greet", """{"Text":"Hi Ada","Function":"","HasTime":false}""")]
    [InlineData("Library::Isobar.Library.Handlers::ForgetAsync", "")]
    [InlineData("Library::Isobar.Library.Handlers::Echo", """{"Name":"Ada"}""")]
    public async Task A_method_of_the_functions_assembly_answers(string handler, string answered)
    {
        await using var lambda = await StartAsync(handler);

        var answer = await lambda.InvokeAsync("library", """{"Name":"Ada"}""");

        Assert.Equal((200, answered), (answer.Status, answer.Body));
        Assert.Null(answer.Header("X-Amz-Function-Error"));
    }

    [Fact]
    public async Task An_exception_is_reported_with_its_cause_and_the_next_event_is_handled()
    {
        await using var lambda = await StartAsync("Library::Isobar.Library.Handlers::Fail");

        foreach (var _ in (int[])[1, 2])
        {
            var answer = await lambda.InvokeAsync("library", "{}");

            Assert.Equal("Unhandled", answer.Header("X-Amz-Function-Error"));
            Assert.Equal("InvalidOperationException", (string?)answer.Json["errorType"]);
            Assert.Equal("on purpose", (string?)answer.Json["errorMessage"]);
            Assert.Equal("its cause", (string?)answer.Json["cause"]!["errorMessage"]);
        }
    }

    [Theory]
    [InlineData("Library::Isobar.Library.Broken::Handle", "no table name")]
    [InlineData("Library::Isobar.Library.Handlers::Missing", "There is no method Missing in Isobar.Library.Handlers.")]
    [InlineData("Library::Isobar.Library.Missing::Handle", "There is no type Isobar.Library.Missing in Library.")]
    [InlineData("Library::Handle", "The handler Library::Handle must be Assembly::Type::Method.")]
    public async Task What_cannot_be_called_fails_the_init_phase_with_the_reason(string handler, string reason)
    {
        await using var lambda = await StartAsync(handler);

        var answer = await lambda.InvokeAsync("library", "{}");

        Assert.Equal("Unhandled", answer.Header("X-Amz-Function-Error"));
        Assert.Equal(reason, (string?)answer.Json["errorMessage"]);
    }

    private static Task<LambdaOnPortZero> StartAsync(string handler) => LambdaOnPortZero.StartWithProbesAsync($"""
          Library:
            Type: AWS::Lambda::Function
            Properties:
              FunctionName: library
              Code: functions/Library
              Handler: {handler}
              Runtime: dotnet10
              MemorySize: 512
              Role: arn:aws:iam::{ModuleOnPortZero.AccountId}:role/library

        """);
}
