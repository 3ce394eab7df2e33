namespace Isobar.Jobs;

/// <summary>The variables that the template gives to functions. Only a function's composition reads them.</summary>
public static class TemplateVariables
{
    /// <exception cref="InvalidOperationException">It is not set; the init phase fails with its name.</exception>
    public static string Required(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"The environment variable {variable} is not set.");
}
