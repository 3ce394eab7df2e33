namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>A mapping template holds something that is not supported; the template's author must change it.</summary>
/// <param name="line">From 1, within the template.</param>
internal sealed class TemplateSyntaxException(int line, string message) : Exception(message)
{
    public int Line => line;
}

/// <summary>
/// A mapping template could not be run with this request; the client gets a 500, the journal the reason.
/// </summary>
internal sealed class TemplateFailedException(string message) : Exception(message);
