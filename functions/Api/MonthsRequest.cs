namespace Isobar.Api;

/// <summary>The months of a station that a request asks for.</summary>
/// <param name="From">The first one, <c>yyyy-MM</c>; null for all up to the last one.</param>
/// <param name="To">The last one, <c>yyyy-MM</c>; null for all from the first one on.</param>
internal sealed record MonthsRequest(string? From, string? To)
{
    public bool IsEverything => From is null && To is null;

    /// <param name="query">Null if the request has no query.</param>
    /// <param name="problem">What is wrong if the result is null.</param>
    public static MonthsRequest? TryRead(IDictionary<string, string>? query, out string problem)
    {
        problem = "";
        string? from = null, to = null;
        foreach (var (name, value) in query ?? new Dictionary<string, string>())
        {
            switch (name)
            {
                case "from":
                    from = value;
                    break;
                case "to":
                    to = value;
                    break;
                default:
                    problem = "The parameters of the months are from and to.";
                    break;
            }
        }

        if (!(IsMonth(from) && IsMonth(to))) problem = "from and to must be months, 1700-01 to 2199-12.";
        else if (from is not null && to is not null && string.CompareOrdinal(from, to) > 0)
            problem = "from must not be after to.";
        return problem.Length == 0 ? new MonthsRequest(from, to) : null;
    }

    private static bool IsMonth(string? text) => text is null || (
        text is ['1' or '2', _, _, _, '-', '0' or '1', _] && text.Remove(4, 1).All(char.IsAsciiDigit)
        && string.CompareOrdinal(text, "1700") > 0 && string.CompareOrdinal(text, "2199-12") <= 0
        && string.CompareOrdinal(text[5..], "01") >= 0 && string.CompareOrdinal(text[5..], "12") <= 0);
}
