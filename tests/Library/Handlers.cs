using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Isobar.Library;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<LibraryJson>))]

namespace Isobar.Library;

/// <summary>What the tests send.</summary>
public sealed record Greeting(string Name);

/// <summary>What the handlers answer.</summary>
public sealed record Reply(string Text, string Function, bool HasTime);

/// <summary>Handlers of a class library, in the shapes that Lambda takes.</summary>
public sealed class Handlers
{
    /// <summary>An event and a context in, a value out.</summary>
    public async Task<Reply> GreetAsync(Greeting greeting, ILambdaContext context)
    {
        await Task.Yield();
        context.Logger.LogInformation($"greets {greeting.Name}");
        return new Reply($"Hello {greeting.Name}", context.FunctionName, context.RemainingTime > TimeSpan.Zero);
    }

    /// <summary>Synchronous, without a context.</summary>
    public Reply Greet(Greeting greeting) => new($"Hi {greeting.Name}", "", false);

    /// <summary>Static, and nothing out.</summary>
    public static Task ForgetAsync(Greeting greeting) => Task.CompletedTask;

    /// <summary>Streams need no serializer.</summary>
    public Stream Echo(Stream payload) => payload;

    /// <summary>Fails, with a cause.</summary>
    public void Fail() => throw new InvalidOperationException("on purpose", new FormatException("its cause"));
}

/// <summary>Can't be created.</summary>
public sealed class Broken
{
    public Broken() => throw new InvalidOperationException("no table name");

    public void Handle()
    {
    }
}

[JsonSerializable(typeof(Greeting))]
[JsonSerializable(typeof(Reply))]
internal sealed partial class LibraryJson : JsonSerializerContext;
