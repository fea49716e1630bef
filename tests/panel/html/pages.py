"""Pages as a model writes them."""

PLAIN = """<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Orders</title>
  <style>
    /* the whole
       look */
    body { margin: 0; font-family: sans-serif; background: #f4f5f7; color: #222; }
    header { background: #1767d2; color: #fff; padding: 16px 24px; font-size: 20px; }
    main { padding: 24px; }
    .card { background: #fff; border: 1px solid #d3d8df; border-radius: 8px; padding: 16px; margin-bottom: 12px; }
    .card:hover { border-color: #1767d2; }
  </style>
</head>
<body>
  <header class="top">Orders of this week</header>
  <main>
    <div class="card"><h2>INV-20418</h2><p>Paid on 2026-10-01, $1,249.00</p></div>
    <div class="card"><h2>INV-20377</h2><p>Paid on 2026-09-01, $1,180.50</p></div>
    <!-- more to come -->
    <a href="https://example.org/help">Help</a>
  </main>
  <script>
    document.title = "scripts ran"; // they must not
  </script>
</body>
</html>"""
