using System.Text;

namespace Isobar.Functions.Tests.Domain;

/// <summary>Small files full of trouble, the same for the same seed.</summary>
internal static class RandomFile
{
    private static readonly string[] Elements = ["TMAX", "TMIN", "PRCP", "SNOW", "SNWD", "TAVG", "WT01", "WSF2"];

    private static readonly string[] Broken =
    [
        "x", ",", ",,,,,,", ",,,,,,,", "ID", "ID,DATE,ELEMENT,DATA_VALUE,M_FLAG,Q_FLAG,S_FLAG,OBS_TIME", "\r", "a\rb",
        "XIW00000001,20140230,TMAX,1,,,", "XIW00000001,2014,TMAX,1,,,", "XIW00000001,16990101,TMAX,1,,,",
        "XIW0000001,20140101,TMAX,1,,,", "xiw00000001,20140101,TMAX,1,,,", "XIW00000001,20140101,tmax,1,,,",
        "XIW00000001,20140101,TMA,1,,,", "XIW00000001,20140101,TMAX,1.5,,,", "XIW00000001,20140101,TMAX,,,,",
        "XIW00000001,20140101,TMAX,1,AB,,", "XIW00000001,20140101,TMAX,1,,AB,", "XIW00000001,20140101,TMAX,1,,,AB",
        "XIW00000001,20140101,TMAX,1,,,,24:0", "XIW00000001,20140101,TMAX,1,,,,2500", "\u00FF\u00FE", "\uFEFFx",
        "XIW00000001,20140101,TMAX,1,é,,☂,0000", "XIW00000001,20140101,TMAX,1,,é,", " ", "\0",
        "XIW00000001,20140101,TMAX,1, , , , ", "XIW00000001,20140101,TMAX,1,  ,  ,  ,  ",
        "XIW00000001,20140101,TMAX,1,, G,", "XIW00000001,20140101,TMAX,1,,,, 700",
    ];

    public static byte[] Create(Random random)
    {
        var file = new MemoryStream();
        if (random.Next(3) == 0) file.Write("\uFEFF"u8);
        if (random.Next(12) == 0) Write(file, "ID,DATE\rXIW00000001,20140101,TMAX,1,,,\r");
        if (random.Next(2) == 0) Write(file, "ID,DATE,ELEMENT,DATA_VALUE,M_FLAG,Q_FLAG,S_FLAG,OBS_TIME" + End(random));
        var lines = random.Next(60);
        for (var line = 0; line < lines; line++) WriteLine(file, random);
        var bytes = file.ToArray();
        return random.Next(3) == 0 && bytes.Length > 0 ? bytes[..^random.Next(1, Math.Min(4, bytes.Length))] : bytes;
    }

    private static void WriteLine(MemoryStream file, Random random)
    {
        switch (random.Next(20))
        {
            case 0:
                Write(file, End(random));
                break;
            case 1:
                // About the limit: 4,093 to 4,103 bytes, good rows never being this long.
                Write(file, new string('y', random.Next(4093, 4104)) + End(random));
                break;
            case 2 when random.Next(3) == 0:
                Write(file, new string('z', random.Next(4104, 20_000)) + End(random));
                break;
            case 3 or 4 or 5:
                Write(file, Broken[random.Next(Broken.Length)] + End(random));
                break;
            case 6:
                var noise = new byte[random.Next(60)];
                random.NextBytes(noise);
                file.Write(noise);
                Write(file, End(random));
                break;
            default:
                Write(file, Row(random) + End(random));
                break;
        }
    }

    private static string Row(Random random)
    {
        var day = new DateOnly(2014, 1, 1).AddDays(random.Next(100));
        var value = random.Next(10) == 0 ? -9999 : random.Next(-300, 400);
        var quality = random.Next(10) == 0 ? "G" : "";
        var time = random.Next(3) switch { 0 => "", 1 => ",", _ => ",0700" };
        var element = Elements[random.Next(Elements.Length)];
        return $"XIW0000000{random.Next(4)},{day:yyyyMMdd},{element},{value},,{quality},W{time}";
    }

    private static string End(Random random) => random.Next(3) == 0 ? "\r\n" : "\n";

    private static void Write(MemoryStream file, string text) => file.Write(Encoding.UTF8.GetBytes(text));
}
